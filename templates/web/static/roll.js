// The check-in desk: somebody found while one types, checked in without leaving the page, and figures that follow.
"use strict";
(() => {
  const { one, show, ask, tell } = window.desk;
  const WAIT = 150; // milliseconds without a key until the list is asked for
  const GUARD = 800; // milliseconds in which a second tap is the first one's
  const RETRY = 3000;
  const HERE = "/desk/check-in";
  const STALE = "网络不通，名单不是最新的。网络一好自己更新。";
  const UNSURE = "网络不通，不知道办成没有。网络一好名单就更新，先看她到了没有。";
  const find = one("#find"), field = find.q;
  let typing = 0; // grows with every change of what is asked for: an answer to what was asked before is dropped
  let entered = 0, again = false; // Enter whose list is under way, and whether it was pressed once more
  let busy = false, next = null, done = 0;
  let clicks = 0, touched = false;
  let lost = 0, unsure = ""; // the next try once the line is down; of whom it is not known whether it was done

  const rows = () => [...document.querySelectorAll("#roll li[data-number]")];
  const row = (number) => rows().find((each) => each.dataset.number === number);
  const quiet = () => {
    const said = one("#said");
    said.hidden = true;
    said.textContent = "";
  };
  const say = (text) => {
    const said = one("#said");
    said.className = "notice wrong";
    said.textContent = text;
    said.hidden = false;
  };

  // While the line is down the list is not touched; it comes back by itself.
  const lose = (why) => {
    if (!lost) tell(why, "wrong");
    const roll = one("#roll");
    roll.classList.add("stale");
    for (const button of roll.querySelectorAll("button")) button.disabled = true;
    clearTimeout(lost);
    lost = setTimeout(list, RETRY);
  };
  const found = () => {
    if (!lost) return;
    clearTimeout(lost);
    lost = 0;
    tell("");
    if (unsure) say(`网络好了，名单已更新。刚才办的${unsure}，请看办成没有。`);
    unsure = "";
  };

  const read = async (more) => {
    const { page } = await ask(`${HERE}?${new URLSearchParams([...new FormData(find), ...more])}`);
    if (!page.querySelector("#roll")) location.assign(HERE);
    return page;
  };
  const list = async () => {
    clearTimeout(waiting);
    const mine = typing, turn = ++turns;
    let page = null;
    try { page = await read([]); } catch {
      if (mine === typing) lose(STALE);
      return null;
    }
    found();
    if (mine !== typing || turn !== turns || !show(page, "#roll")) return null; // a list that was overtaken is none
    return page;
  };

  let waiting = 0, turns = 0;
  const changed = () => {
    typing += 1;
    entered = 0;
    again = false;
    quiet();
    clearTimeout(waiting);
    waiting = setTimeout(list, WAIT);
  };
  find.addEventListener("input", changed);

  // Enter goes to a button where one person alone is meant, and never to one that is not for coming in.
  find.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (entered) { again = true; return; }
    const mine = entered = typing + 1;
    const page = await list();
    if (entered !== mine) return;
    entered = 0;
    const twice = again;
    again = false;
    if (!page) return;
    show(page, "#said");
    const go = one("#roll .meant .go");
    if (go && twice) act(go);
    else if (go) go.focus();
    else field.select();
  });

  // Rows change where they stand: what is under a finger is not suddenly somebody else.
  const patch = (page) => {
    for (const old of rows()) {
      const fresh = page.querySelector(`#roll li[data-number="${old.dataset.number}"]`);
      if (fresh && !old.contains(document.activeElement)) old.replaceWith(document.adoptNode(fresh));
    }
  };
  const numbers = () => rows().map((each) => each.dataset.number).join(",");

  const act = async (button) => {
    if (busy) { next = button; return; }
    busy = true;
    const data = new FormData(one("#roll"));
    data.set("act", button.value);
    data.set("q", field.value);
    data.set("only", find.only.value);
    const number = button.value.split(":")[1], mine = typing, line = row(number);
    data.set("show", numbers());
    line?.classList.add("doing");
    if (line) line.querySelector(".state").textContent = "正在办…";
    const inside = [button, field, document.body].includes(document.activeElement);
    button.blur();
    try {
      const { answer, page } = await ask(HERE, data);
      done = Date.now();
      busy = false;
      if (!page.querySelector("#roll")) await refused(answer, page);
      else {
        found();
        show(page, "#said");
        show(page, "#figures > *");
        patch(page);
        if (mine === typing && inside) ready();
      }
    } catch {
      busy = false;
      done = Date.now();
      unsure = line ? line.querySelector(".who b").textContent : "一笔";
      lose(UNSURE);
    }
    const more = next;
    next = null;
    if (more?.isConnected && !more.disabled) act(more);
  };
  const refused = async (answer, page) => {
    if (answer.status === 401) { location.assign(HERE); return; }
    await list();
    const told = page.querySelectorAll("#page > h1, #page > p.lead, #page li");
    say([...told].map((each) => each.textContent.trim()).join("。"));
  };
  // Ready for the next one; on a tablet its keyboard would come up and cover half of the list.
  const ready = () => {
    const asked = one("#said button");
    if (touched) return;
    if (asked && one("#said").classList.contains("before")) { asked.focus({ preventScroll: true }); return; }
    field.focus({ preventScroll: true }); // the list stays under the pointer
    field.select();
  };

  document.addEventListener("pointerdown", (event) => { touched = event.pointerType !== "mouse"; });
  document.addEventListener("click", (event) => { clicks = event.detail; }, true);
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "roll") return;
    event.preventDefault();
    if (clicks && (busy || Date.now() - done < GUARD)) return;
    act(event.submitter);
  });
  document.addEventListener("keydown", (event) => {
    touched = false;
    if (event.key === "Escape") {
      field.value = "";
      field.focus();
      changed();
    } else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey
      && document.activeElement === document.body) {
      field.focus();
    }
  });

  const figures = one("#figures");
  let told = false;
  const follow = async () => {
    if (busy || lost) return;
    const mine = typing;
    try {
      const page = await read([["show", numbers()]]);
      if (mine === typing && !busy) patch(page);
    } catch { if (mine === typing) lose(STALE); }
  };
  const listen = () => {
    const source = new EventSource(figures.dataset.live);
    source.addEventListener("message", (event) => {
      figures.innerHTML = JSON.parse(event.data);
      if (told) follow();
      told = true;
    });
    source.addEventListener("open", () => { if (lost) list(); });
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, RETRY);
    });
  };
  window.addEventListener("online", () => { if (lost) list(); });
  listen();
})();
