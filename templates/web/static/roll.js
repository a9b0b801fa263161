// The check-in desk: somebody found while one types, checked in without leaving the page, and figures that follow.
"use strict";
(() => {
  const WAIT = 150;
  const LOST = "网络不通，没有办成。请稍候再按一次。";
  const { one, parsed } = window.desk;
  const show = (text, parts) => parts.every((part) => window.desk.show(parsed(text), part));
  const tell = (text) => { const said = one("#said"); said.hidden = false; said.className = "notice wrong"; said.textContent = text; };
  const find = one("#find");
  if (find) {
    const field = find.q;
    let waiting = 0, asked = 0;
    const list = async () => {
      const mine = ++asked;
      try {
        const answer = await fetch(`/desk/check-in?q=${encodeURIComponent(field.value)}`);
        if (mine === asked) show(await answer.text(), ["#roll"]);
      } catch { tell("网络不通，名单可能不是最新的。"); }
    };
    field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(list, WAIT); });
    find.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      await list();
      const first = one("#roll .go") || one("#roll button");
      if (first) first.focus();
    });
    document.addEventListener("submit", async (event) => {
      if (event.target.id !== "roll") return;
      event.preventDefault();
      const data = new FormData(event.target);
      data.set("act", event.submitter.value);
      try {
        const answer = await fetch("/desk/check-in", { method: "POST", body: new URLSearchParams(data) });
        const text = await answer.text();
        if (!answer.ok && answer.status !== 401) {
          const page = new DOMParser().parseFromString(text, "text/html");
          tell([...page.querySelectorAll("main p, main li")].map((each) => each.textContent.trim()).join(" "));
          await list();
          return;
        }
        if (!show(text, ["#roll", "#said", "#figures > *"])) return;
        field.value = "";
        field.focus();
      } catch { tell(LOST); }
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { field.value = ""; field.focus(); list(); }
    });
    const figures = one("#figures");
    let told = false;
    const listen = () => {
      const source = new EventSource(figures.dataset.live);
      source.addEventListener("message", (event) => {
        figures.innerHTML = JSON.parse(event.data);
        if (told && !document.activeElement.closest("#roll")) list();
        told = true;
      });
      source.addEventListener("error", () => {
        if (source.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
      });
    };
    listen();
  }
})();
