// A pile at the keyboard, one key a name, as on the command line. Papers are sent without leaving the page.
"use strict";
(() => {
  const { one, show, ask, tell } = window.desk;
  const PAUSE = 700; // milliseconds without a key, after which a teller has seen that she was stopped
  const AGAIN = 5000; // milliseconds until the list of differences is looked at again
  const LOST = "网络不通，没有提交，写的都还在。网络好了再按一次。";
  let rows = [], at = 0, paper = null;
  let busy = false, deaf = 0;
  let held = []; // keys pressed while a paper is under way: they are the next one's

  const boxes = (row) => [...row.querySelectorAll("input")];
  const isSet = (row) => boxes(row).some((box) => box.checked);

  const stand = (place) => {
    at = Math.max(0, Math.min(place, rows.length));
    rows.forEach((row, number) => row.classList.toggle("at", number === at));
    (rows[at] || one("#next")).scrollIntoView({ block: "nearest" });
  };
  const mark = (row, key) => {
    const box = boxes(row).find((each) => each.dataset.key === key);
    if (box) box.checked = true;
    return Boolean(box);
  };

  // The paper now before the teller; of one to be corrected, where the other read otherwise.
  const begin = () => {
    paper = one("#paper");
    rows = paper ? [...paper.querySelectorAll("fieldset.mark")] : [];
    if (!paper) return;
    paper.querySelector(".keys").hidden = false;
    const differs = rows.findIndex((row) => row.classList.contains("differs"));
    const blank = rows.findIndex((row) => !isSet(row));
    stand(differs >= 0 ? differs : blank >= 0 ? blank : "own" in paper.dataset ? rows.length : 0);
  };

  // Whoever types ahead must not go on upon a paper that was not stored, as if it were the next: keys count again
  // once she has stopped.
  const stop = (why) => {
    const more = held.length ? `之后按的 ${held.length} 个键没有用上。` : "";
    held = [];
    wait(why + more);
  };
  const wait = (why) => {
    clearTimeout(deaf);
    deaf = setTimeout(() => { deaf = 0; if (paper) tell(`${why}可以接着录了。`, "wrong"); }, PAUSE);
    tell(why, "wrong");
  };

  const send = async (form, button) => {
    const data = new FormData(form);
    if (button?.name) data.set(button.name, button.value);
    const putting = form === paper && data.get("act") === "put";
    busy = true;
    tell("正在保存…");
    let answer, page;
    try {
      ({ answer, page } = await ask(form.getAttribute("action"), data));
    } catch {
      busy = false;
      stop(LOST);
      return;
    }
    if (!show(page, "#page")) { location.assign(location.href); return; }
    busy = false;
    document.title = page.title;
    if (answer.redirected) history.replaceState(null, "", answer.url);
    tell("");
    window.scrollTo(0, 0);
    begin();
    const next = paper && !("own" in paper.dataset);
    if (!answer.ok) stop("没有存。");
    else if (putting && next) play();
    else if (held.length) stop("已经存了。");
  };
  const play = () => {
    const keys = held;
    held = [];
    keys.forEach(press);
  };

  const press = (key) => {
    if (busy) { held.push(key); return; }
    if (!paper) return;
    if (deaf) { wait("刚按的键没有用上，停一下，看清楚再录。"); return; }
    tell("");
    if (key === "Enter") {
      one("#next").click();
    } else if (key === "Backspace") {
      stand(at - 1);
      if (rows[at]) boxes(rows[at]).forEach((box) => { box.checked = false; });
    } else if (key === "a") {
      rows.slice(at).forEach((row) => { if (!isSet(row)) mark(row, "1"); });
      stand(rows.length);
    } else if (!rows.some((row) => boxes(row).some((box) => box.dataset.key === key))) {
      tell(`没有这个键：${key}`, "wrong");
    } else if (rows[at]) {
      mark(rows[at], key);
      stand(at + 1);
    } else {
      tell("各人都录了。回车：这张完；退格：改上一个。", "wrong");
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const inside = event.target.closest("#page");
    if (!busy && event.target.matches('input[type="text"]')) {
      if (event.key !== "Enter" || !event.target.name.startsWith("name:")) return;
      event.preventDefault(); // a name is written; the paper goes with the next Enter
      event.target.blur();
      tell("姓名写好了。再按回车：这张完。");
      return;
    }
    if (!busy && event.target.matches('a, button, summary, input[type="checkbox"], input[type="password"]')) return;
    if (busy && !inside && event.target !== document.body) return;
    const key = event.key.length === 1 ? event.key.normalize("NFKC").toLowerCase() : event.key;
    if (key === " " || (key.length > 1 && key !== "Enter" && key !== "Backspace")) return;
    if (!busy && !paper) return;
    event.preventDefault();
    if (!event.repeat || key === "Backspace") press(key);
  });
  document.addEventListener("change", (event) => {
    const row = event.target.closest("fieldset.mark");
    if (row) stand(rows.indexOf(row) + 1);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("#page")) return;
    event.preventDefault();
    if (!busy) send(event.target, event.submitter);
  });

  // The other teller corrects as well: what is still otherwise is looked at again, as long as nobody types here.
  setInterval(async () => {
    const waiting = one("[data-again]");
    if (!waiting || busy || document.hidden || document.activeElement.matches("input")) return;
    try {
      const { page } = await ask(waiting.dataset.again);
      const fresh = page.querySelector("#page");
      if (waiting.isConnected && fresh && fresh.textContent !== one("#page").textContent) show(page, "#page");
      tell("");
    } catch { tell("网络不通，页面可能不是最新的。", "wrong"); }
  }, AGAIN);

  begin();
})();
