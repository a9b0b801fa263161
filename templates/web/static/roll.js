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
  let busy = false, under = null, queue = []; // what is under way, and what waits for it; not by element: rows are replaced
  const handled = new Map(); // when a row, or what is said above the list, was dealt with; Infinity until it is
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
    if (!lost || why !== STALE) tell(why, "wrong");
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
    if (unsure) say(`网络好了，名单已更新。刚才办的${unsure}`);
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
    mark();
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
    if (go && twice) press(go, 0);
    else if (go) go.focus();
    else field.select();
  });

  // Rows change where they stand: what is under a finger is not suddenly somebody else.
  const patch = (page) => {
    for (const old of rows()) {
      const fresh = page.querySelector(`#roll li[data-number="${old.dataset.number}"]`);
      const left = old.classList.contains("doing") || !old.contains(document.activeElement);
      if (fresh && left) old.replaceWith(document.adoptNode(fresh));
    }
    mark();
  };
  const numbers = () => rows().map((each) => each.dataset.number);

  // A row says that it is being dealt with, or waits; and after that again what it said before.
  const mark = () => {
    for (const line of rows()) {
      const mine = (each) => each?.number === line.dataset.number;
      const word = mine(under) ? "正在办…" : queue.some(mine) ? "等一下…" : "";
      const state = line.querySelector(".state");
      line.classList.toggle("doing", word !== "");
      if (word) line.dataset.state ??= state.textContent;
      state.textContent = word || (line.dataset.state ?? state.textContent);
      if (!word) delete line.dataset.state;
    }
  };

  const acts = (line) => [...line.querySelectorAll("button")].map((each) => each.value);
  const asks = (each) => each.act.includes("_ask:");
  const handle = (each, time) => {
    handled.set(each.number, time);
    if (each.above || time < Infinity) handled.set("said", time); // every answer changes what is said
  };

  // A second tap on the same is the first one's; one on somebody else waits its turn.
  const press = (button, guard) => {
    const act = button.value, number = act.split(":")[1], line = row(number), above = Boolean(button.closest("#said"));
    const name = line ? line.querySelector(".who b").textContent : "";
    const places = above ? [number, "said"] : [number];
    if (places.some((each) => Date.now() - (handled.get(each) ?? 0) < guard)) return;
    if (busy && act.startsWith("no:")) return; // the answer under way takes the question away
    const pressed = { act, number, name, above, seen: line && acts(line).join(" ") };
    button.blur();
    handle(pressed, Infinity);
    queue.push(pressed);
    if (busy) mark();
    else work();
  };
  const work = async () => {
    busy = true;
    while (queue.length) {
      under = queue.shift();
      await act(under);
      under = null;
    }
    busy = false;
  };

  // As the answer to the one before has her: still with the button that was pressed.
  const applies = (each, page) => {
    const line = page.querySelector(`#roll li[data-number="${each.number}"]`);
    if (!line) return true;
    return each.above ? !each.seen || acts(line).join(" ") === each.seen : acts(line).includes(each.act);
  };
  const keep = (page) => {
    for (const each of queue) if (!applies(each, page)) handle(each, Date.now());
    queue = queue.filter((each) => applies(each, page));
  };
  // Nothing goes on by itself after a failure; what is given back is said.
  const drop = () => {
    const who = queue.map((each) => `${each.number} ${each.name}`.trim());
    for (const each of queue) handle(each, Date.now());
    queue = [];
    mark();
    return who.length ? `后面点的没有办，请再点：${who.join("、")}。` : "";
  };

  const act = async (it) => {
    const data = new FormData(one("#roll"));
    data.set("act", it.act);
    data.set("q", field.value);
    data.set("only", find.only.value);
    data.set("show", [...new Set([it.number, ...queue.map((each) => each.number), ...numbers()])].join(","));
    const mine = typing, inside = [field, document.body].includes(document.activeElement);
    mark();
    try {
      const { answer, page } = await ask(HERE, data);
      under = null;
      handle(it, Date.now());
      if (!page.querySelector("#roll")) { await refused(answer, page); return; }
      found();
      if (asks(it) && !queue.every(asks)) { // a question that the next answer took away would be none: it is asked last
        handle(it, Infinity);
        queue.push(it);
      } else show(page, "#said");
      keep(page);
      show(page, "#figures > *");
      patch(page);
      if (!queue.length && mine === typing && inside) ready();
    } catch {
      handle(it, Date.now());
      const left = drop();
      unsure = `${it.name || "一笔"}，请看办成没有。${left}`;
      lose(UNSURE + left);
    }
  };
  const refused = async (answer, page) => {
    const left = drop();
    if (answer.status === 401) { location.assign(HERE); return; }
    await list();
    const told = page.querySelectorAll("#page > h1, #page > p.lead, #page li");
    say([...told].map((each) => each.textContent.trim()).concat(left || []).join("。"));
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
    press(event.submitter, clicks ? GUARD : 0);
  });
  // What is typed is looked for, wherever the focus went: Enter after it is not for the button of the one before.
  const elsewhere = () => {
    const on = document.activeElement;
    return on === document.body || on?.matches("#roll button, #said button");
  };
  const UNTOLD = ["Process", "Dead", "Unidentified"]; // the key of a sign that an input method has yet to make
  document.addEventListener("keydown", (event) => {
    touched = false;
    const sign = UNTOLD.includes(event.key) || (event.key.length === 1 && event.key !== " ");
    if (event.key === "Escape") {
      field.value = "";
      field.focus();
      changed();
    } else if (sign && !event.ctrlKey && !event.altKey && !event.metaKey && elsewhere()) {
      if (busy || document.activeElement !== document.body) field.value = "";
      field.focus();
    }
  });

  const figures = one("#figures");
  let told = false;
  const follow = async () => {
    if (busy || lost) return;
    const mine = typing;
    try {
      const page = await read([["show", numbers().join(",")]]);
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
