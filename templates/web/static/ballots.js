// What makes the ballot page pleasant. Without it the page works all the same, as one form.
"use strict";
(() => {
  const START = location.pathname;
  const IDLE_SECONDS = 180;
  const WARNING_SECONDS = 30;
  const ANSWER_SECONDS = 40;
  const LONG_SECONDS = 8;
  const AFTER_TAP = 300;
  const AGAINST = "-";
  const WAITS = { cast: "正在投出，请稍候……", other: "请稍候……" };
  const LOST = {
    cast: (button) => `没有收到答复，不知道这张票投进了没有。请留在本页，不要刷新，网络好了再按一次「${button}」：同一张票不会投两次。`,
    other: () => "网络不通，票还没有投。请留在本页，不要刷新，稍候再按一次。",
  };
  const STRUCK = {
    several: (name) => `一格只写一个姓名，请分写在几格：${name}`,
    twice: (name) => `${name}写了不止一次，只计一次`,
    listed: (name) => `${name}在候选人名单里，请在名单上选，写在这里不计`,
    against: () => "投了反对票，另选的才计",
    per: (name) => `每投一张反对票可另选一人，${name}不计`,
  };
  const voting = document.getElementById("voting");
  const told = document.getElementById("told");
  const waiting = document.getElementById("waiting");
  const kiosk = Boolean(voting && voting.dataset.kiosk);
  let sheet = null; // the filled sheet, while its review is looked at
  let ended = false; // nothing of this voter is left to do
  let busy = "";
  let leaving = false;

  function tellCode(field, fault) {
    const missing = passCode.missing(field.value);
    const quiet = fault || !missing || passCode.isEmpty(field.value);
    write("code-left", quiet ? "" : missing > 0 ? `还差 ${missing} 位` : `多了 ${-missing} 位`);
    write("code-wrong", fault);
    field.setAttribute("aria-invalid", String(Boolean(fault)));
    if (fault) write("scanned", "");
    fitCode();
  }

  // The whole code is seen, however large the type.
  function fitCode() {
    const field = document.getElementById("code");
    if (!field) return;
    field.rows = 1;
    while (field.scrollHeight > field.clientHeight && field.rows < 9) field.rows += 1;
  }

  function write(id, text) {
    const line = document.getElementById(id);
    if (!line) return;
    if (line.textContent !== text) line.textContent = text;
    line.hidden = !text;
  }

  function typeCode(field, forward) {
    passCode.group(field, forward);
    tellCode(field, passCode.missing(field.value) ? "" : passCode.faultOf(field.value));
  }

  function putCode(code) {
    const field = document.getElementById("code");
    if (!field) return;
    field.value = passCode.grouped(code);
    tellCode(field, "");
  }

  // The code of a pass stands in the fragment of its link, which no server is sent. It leaves the history at once.
  function takeCode() {
    const code = location.hash.slice(1);
    if (!code) return;
    const field = document.getElementById("code");
    if (!field && ended) { // the pass of whoever votes next: the page that comes takes it
      leaving = true;
      location.reload();
      return;
    }
    history.replaceState(history.state?.voted ? null : history.state, "", START);
    if (!field) return;
    if (passCode.faultOf(code)) {
      tellCode(field, passCode.unread);
      return;
    }
    putCode(code);
    write("scanned", "已读入凭证上的代码。");
  }

  // On the page that lists several polls the code goes on with the choice; to the page it stands on, by reading it anew.
  function keepCodeInLinks() {
    const code = location.hash;
    if (!code) return;
    history.replaceState(history.state, "", START);
    for (const link of document.querySelectorAll("a[data-poll]")) {
      link.hash = code;
      if (link.pathname !== START) continue;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        history.replaceState(history.state, "", link.href);
        location.reload();
      });
    }
  }

  // A name as the server takes it: spaces between Chinese characters are for the eye.
  function clean(name) {
    return name.trim().replace(/([^\x00-\u2e7f])\s+(?=[^\x00-\u2e7f])/g, "$1");
  }

  function isSeveral(name) {
    return name.split(/[,，、﹑;；]/).filter((part) => part.trim()).length > 1;
  }

  // The rule that a written name breaks, as the judge of the count finds it. Who is a delegate only the server knows.
  function breachOf(contest, names, at, listed, against) {
    if (isSeveral(names[at])) return "several";
    if (names.indexOf(names[at]) < at) return "twice";
    if (listed.has(names[at])) return "listed";
    if (contest.dataset.others === "with_against" && !against) return "against";
    return "perAgainst" in contest.dataset && at >= against ? "per" : "";
  }

  function writtenIn(contest) {
    return [...contest.querySelectorAll(".others input")].map((field) => clean(field.value)).filter(Boolean);
  }

  function count(contest) {
    const { seats, approve, empty } = contest.dataset;
    const listed = new Set();
    let chosen = 0;
    let against = 0;
    for (const name of contest.querySelectorAll(".name")) {
      const set = name.querySelector("input:checked");
      const mark = set ? set.value : empty;
      if (mark === approve) chosen += 1;
      if (mark === AGAINST) against += 1;
      listed.add(name.querySelector("legend").textContent);
    }
    const names = writtenIn(contest);
    const breaches = names.map((_, at) => breachOf(contest, names, at, listed, against));
    const all = chosen + breaches.filter((breach) => !breach).length;
    tellCount(contest.querySelector(".count"), all, Number(seats));
    tellStruck(contest.querySelector(".struck"), names.map((name, at) => (breaches[at] ? STRUCK[breaches[at]](name) : "")));
  }

  function tellCount(line, all, seats) {
    const over = all - seats;
    const [long, short] = line.children;
    const text = `赞成 ${all} 名，应选 ${seats} 名${over > 0 ? `，多了 ${over} 名` : ""}`;
    if (long.textContent !== text) long.textContent = text;
    short.textContent = `${all} / ${seats}${over > 0 ? `，多 ${over}` : ""}`;
    line.classList.toggle("wrong", over > 0);
    line.hidden = false;
  }

  function tellStruck(line, reasons) {
    if (!line) return;
    const text = [...new Set(reasons.filter(Boolean))].join("；");
    if (line.textContent !== text) line.textContent = text;
    line.hidden = !text;
  }

  function countAll() {
    for (const contest of document.querySelectorAll(".contest")) count(contest);
  }

  function say(text) {
    told.textContent = text;
    told.hidden = !text;
    if (text) told.scrollIntoView({ block: "nearest" });
  }

  function wait(text) {
    waiting.textContent = text;
    waiting.hidden = !text;
    if (text) waiting.scrollIntoView({ block: "nearest" });
  }

  function show(nodes, title) {
    voting.replaceChildren(...nodes);
    if (title) document.title = title;
    say("");
    countAll();
    scrollTo(0, 0);
    voting.querySelector("h1")?.focus({ preventScroll: true });
  }

  // The sheet as it was left, with the code as it was put right since.
  function showSheet() {
    const code = document.getElementById("code")?.value;
    show(sheet, "填写选票");
    sheet = null;
    if (code) putCode(code);
  }

  // The next page, put in the place of this one: so the history holds no page with a code or with marks on it.
  function turnTo(text, act) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const next = page.getElementById("voting");
    if (!next) {
      for (const way of page.querySelectorAll(".button")) way.remove();
      say(page.querySelector("main")?.textContent.trim() || LOST.other());
      return;
    }
    for (const link of page.querySelectorAll('link[href^="/faces/"]')) document.head.append(document.adoptNode(link));
    const step = next.querySelector("[data-step]")?.dataset.step;
    if (act === "review" && (step === "review" || step === "faults") && !sheet) {
      sheet = [...voting.childNodes];
      if (!kiosk) history.pushState({ step: "review" }, "", START);
    }
    if (step === "voted" || step === "refused") end(step);
    show([...next.childNodes], page.title);
    if (document.getElementById("code")) putCode(document.getElementById("code").value);
  }

  // A code that can be put right ends nothing: the sheet is kept, and nothing is wiped while it is typed.
  function end(step) {
    ended = true;
    sheet = null;
    if (kiosk) setTimeout(again, 20000);
    else if (step === "voted") history.replaceState({ voted: true }, "", START);
  }

  function again() {
    leaving = true;
    location.replace(START);
  }

  // Every form of a sheet is equally long, or its length would tell a watcher of the line how many names were approved.
  function filledUp(body) {
    body.set("pad", "");
    body.set("pad", "0".repeat(Math.max(0, Number(voting.dataset.sent) - body.toString().length)));
    return body;
  }

  async function send(form, act, label) {
    const body = new URLSearchParams(new FormData(form));
    body.set("act", act);
    filledUp(body);
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), ANSWER_SECONDS * 1000);
    const long = setTimeout(() => wait("还在等答复，请不要关页，也不要刷新。"), LONG_SECONDS * 1000);
    try {
      const answer = await fetch(form.action, { method: "POST", body, cache: "no-store", signal: stop.signal });
      turnTo(await answer.text(), act);
    } catch {
      say((LOST[act] || LOST.other)(label));
    } finally {
      clearTimeout(late);
      clearTimeout(long);
      wait("");
    }
  }

  // What can be put right here is told here, at its field, and nothing is sent.
  function isReady(form, act) {
    if (act === "change") return true;
    const field = form.querySelector("#code");
    const fault = field ? passCode.faultOf(field.value) : "";
    if (fault) tellCode(field, fault);
    const others = [...form.querySelectorAll(".others input")].find((other) => isSeveral(clean(other.value)));
    const first = fault ? field : others;
    first?.closest("details")?.setAttribute("open", "");
    first?.focus();
    first?.scrollIntoView({ block: "center" });
    return !first;
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest("#voting")) return;
    event.preventDefault();
    const act = event.submitter?.value || "review";
    if (busy) return; // a second tap
    if (act === "change" && sheet) {
      if (kiosk) showSheet();
      else history.back();
      return;
    }
    if (!isReady(form, act)) return;
    const pressed = event.submitter || form.querySelector("button");
    const label = pressed.textContent;
    const buttons = [...form.querySelectorAll("button")];
    busy = act;
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    pressed.textContent = WAITS[act] || WAITS.other;
    if (act === "cast") wait(WAITS.cast);
    await send(form, act, label);
    pressed.textContent = label;
    for (const button of buttons) button.removeAttribute("aria-disabled");
    busy = "";
  });

  addEventListener("popstate", () => {
    if (location.hash) return; // a link opened on this page: the next event has its code
    if (busy === "cast") { // the ballot is on its way: its answer comes to this page
      history.pushState({ step: "review" }, "", START);
      wait("正在投出，请等一下，不要返回。");
    } else if (ended && !kiosk) {
      history.replaceState(voting.querySelector('[data-step="voted"]') ? { voted: true } : null, "", START);
      leaving = true;
      location.reload();
    } else if (ended) again();
    else if (sheet) showSheet();
  });

  addEventListener("hashchange", takeCode);

  // A page that the browser kept is read anew: it could be another voter's, or of a poll that has closed.
  addEventListener("pageshow", (event) => {
    if (event.persisted && (ended || kiosk)) again();
  });

  // Nothing is kept but on this page: whoever is about to leave a filled sheet, or to pull it down by accident, is asked.
  addEventListener("beforeunload", (event) => {
    if (leaving || ended || !isFilled()) return;
    event.preventDefault();
    event.returnValue = "";
  });

  function isFilled() {
    const marked = voting?.querySelector("input:checked");
    return Boolean(sheet || marked || [...(voting?.querySelectorAll(".others input") || [])].some((field) => field.value));
  }

  // A shared tablet that nobody touches goes back to its start; whoever is still there touches it once more.
  function watchIdle() {
    let idle = 0;
    const touched = () => {
      if (idle >= IDLE_SECONDS - WARNING_SECONDS) say("");
      idle = 0;
    };
    for (const kind of ["pointerdown", "touchmove", "wheel", "keydown", "input"]) addEventListener(kind, touched, { passive: true });
    setInterval(() => {
      idle += 1;
      if (busy) idle = 0;
      if (idle === IDLE_SECONDS - WARNING_SECONDS) {
        say(`没有人操作，${WARNING_SECONDS} 秒后回到开头。还在填的，请碰一下屏幕。`);
      }
      if (idle >= IDLE_SECONDS) again();
    }, 1000);
  }

  // An input method writes into the field by itself until it is done: then the code is grouped.
  function watchCode() {
    new ResizeObserver(fitCode).observe(voting);
    document.addEventListener("input", (event) => {
      if (event.target.id !== "code") return;
      write("scanned", ""); // it is hers now
      if (event.isComposing) tellCode(event.target, "");
      else typeCode(event.target, event.inputType === "deleteContentForward");
    });
    document.addEventListener("compositionend", (event) => {
      if (event.target.id === "code") typeCode(event.target, false);
    });
    document.addEventListener("change", (event) => {
      if (event.target.id !== "code") return;
      const left = () => tellCode(event.target, passCode.isEmpty(event.target.value) ? "" : passCode.faultOf(event.target.value));
      setTimeout(left, AFTER_TAP); // it may be a long line, and the tap that left the field is still under way
    });
    document.addEventListener("keydown", (event) => {
      if (event.target.id !== "code" || event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      event.target.blur();
    });
  }

  if (!voting) {
    keepCodeInLinks();
    return;
  }
  if (history.state?.voted && !location.hash) document.getElementById("before")?.removeAttribute("hidden");
  takeCode();
  watchCode();
  document.addEventListener("input", countAll);
  document.addEventListener("change", countAll);
  countAll();
  if (kiosk) watchIdle();
})();
