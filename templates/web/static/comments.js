// What was written stays until it is taken in: a line that is down says so, and loses nothing.
"use strict";
(() => {
  const WARNS = 200;
  const LONGEST = 30000;
  const prepare = () => {
    const form = document.getElementById("comment");
    if (!form) return;
    const text = form.elements.text, room = document.getElementById("room"), unsent = document.getElementById("unsent");
    const button = form.querySelector("button"), label = button.textContent;
    const count = () => {
      const left = Number(text.dataset.longest) - Array.from(text.value.trim()).length;
      room.textContent = left < 0 ? `超过了 ${-left} 字，请删短` : left <= WARNS ? `还可以写 ${left} 字` : "";
      room.classList.toggle("wrong", left < 0);
    };
    const stays = (why) => {
      unsent.textContent = why;
      unsent.hidden = false;
      button.disabled = false;
      button.textContent = label;
    };
    text.addEventListener("input", count);
    count();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (button.disabled) return;
      button.disabled = true;
      button.textContent = "正在提交，请稍候……";
      unsent.hidden = true;
      try {
        const patience = new AbortController();
        setTimeout(() => patience.abort(), LONGEST);
        const answer = await fetch(form.action, {
          method: "POST", body: new URLSearchParams(new FormData(form)), signal: patience.signal,
        });
        const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
        if (main.querySelector("#comment")) {
          document.querySelector("main").replaceWith(main);
          window.scrollTo(0, 0);
          prepare();
        } else {
          stays(`${main.innerText.trim()}　写的都还在。`);
        }
      } catch {
        stays("没有收到答复，写的都还在。请再按一次“提交意见”；已经收到的不会重复登记。");
      }
    });
  };
  prepare();
})();
