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
  const FAILED = "网页出了错，这一步没有做成。请再按一次；还不行的，请找监票人。";
  const UNTAKEN = "二维码上的代码没有读入。请刷新本页，或照凭证输入代码。";
  const MISSED = "刚才又扫了一张凭证，没有读入：这张票有了答复以后，请再扫一次。";
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
  let missed = false; // another pass was scanned while a ballot was on its way

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
    history.replaceState(history.state?.voted ? null : history.state, "", START);
    if (passCode.faultOf(code)) {
      if (field) tellCode(field, passCode.unread);
      else say(passCode.unread);
    } else if (field) {
      putCode(code);
      write("scanned", "已读入凭证上的代码。");
    }
  }

  // Whether what stands here is not of the pass that was scanned: another's sheet, or the end of another's. A slip of
  // typing above marks that are in sight is nobody's: it is put right where it is.
  function isAnothers(code) {
    const kept = voting.querySelector('[name="code"]');
    if (!kept) return true;
    if (passCode.faultOf(code) || passCode.isSame(kept.value, code)) return false;
    return !voting.querySelector(".contest") || !passCode.faultOf(kept.value);
  }

  // A link opened on a page that is there already, as by whoever votes next with this phone.
  function openLink() {
    const code = location.hash.slice(1);
    if (!code) return;
    if (!isAnothers(code)) takeCode();
    else if (busy === "cast") { // its answer comes to this page, and is not to be taken for the other's
      history.replaceState(history.state, "", START);
      missed = true;
      wait(MISSED);
    } else startAfresh();
  }

  // The page that comes takes the code. It is asked for anew, also where this one answered a form: hence the empty query.
  // Of what stood here nothing is left, on a slow line or to a browser that keeps pages.
  function startAfresh() {
    const code = location.hash;
    leaving = true;
    sheet = null;
    voting.replaceChildren();
    wait(WAITS.other);
    history.replaceState(null, "", START);
    location.replace(`${START}?${code}`);
  }

  // On the page that lists several polls the code goes on with the choice.
  function keepCodeInLinks() {
    const code = location.hash;
    if (!code) return;
    history.replaceState(history.state, "", START);
    for (const link of document.querySelectorAll("a[data-poll]")) link.hash = code;
  }

  // To the page it stands on the code goes by reading it anew.
  function followLink(event) {
    const link = event.target.closest("a[data-poll]");
    if (!link?.hash || link.pathname !== START) return;
    event.preventDefault();
    history.replaceState(history.state, "", link.href);
    location.reload();
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
  function turnTo(page, act) {
    const next = page.getElementById("voting");
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

  // What an answer says that is no page of a sheet. Of a cast that failed on its way nobody knows what became of it.
  function saidBy(page, act, status) {
    if (act === "cast" && status >= 500) return "";
    for (const way of page.querySelectorAll(".button")) way.remove();
    return page.querySelector("main")?.textContent.trim();
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
    const lost = (LOST[act] || LOST.other)(label);
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), ANSWER_SECONDS * 1000);
    const long = setTimeout(() => wait("还在等答复，请不要关页，也不要刷新。"), LONG_SECONDS * 1000);
    try {
      const answer = await fetch(form.action, { method: "POST", body, cache: "no-store", signal: stop.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (leaving) return; // for another's sheet
      if (page.getElementById("voting")) turnTo(page, act);
      else say(saidBy(page, act, answer.status) || lost);
    } catch {
      say(lost);
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

  function submitted(event) {
    const form = event.target;
    if (!form.closest("#voting")) return;
    event.preventDefault();
    if (busy) return; // a second tap
    press(form, event.submitter || form.querySelector("button"), event.submitter?.value || "review");
  }

  // Whatever goes wrong in here, it is said, and the button can be pressed again.
  async function press(form, pressed, act) {
    const label = pressed.textContent;
    const buttons = [...form.querySelectorAll("button")];
    try {
      if (act === "change" && sheet) {
        if (kiosk) showSheet();
        else history.back();
        return;
      }
      if (!isReady(form, act)) return;
      busy = act;
      for (const button of buttons) button.setAttribute("aria-disabled", "true");
      pressed.textContent = WAITS[act] || WAITS.other;
      if (act === "cast") wait(WAITS.cast);
      await send(form, act, label);
    } catch {
      wait("");
      say(act === "cast" ? LOST.cast(label) : FAILED);
    } finally {
      pressed.textContent = label;
      for (const button of buttons) button.removeAttribute("aria-disabled");
      busy = "";
    }
    if (missed) say(told.textContent + MISSED);
    missed = false;
  }

  function wentBack() {
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
  }

  // A page that the browser kept is read anew: it could be another voter's, or of a poll that has closed.
  function shown(event) {
    if (event.persisted && (ended || kiosk || leaving)) again();
  }

  // Nothing is kept but on this page: whoever is about to leave a filled sheet, or to pull it down by accident, is asked.
  function isLeft(event) {
    if (leaving || ended || !isFilled()) return;
    event.preventDefault();
    event.returnValue = "";
  }

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

  // Without what reads codes the page is one form, as it is without any script. The code of the link waits where it is
  // for the page to be read anew; the history does not get it.
  function leaveToTheForm() {
    if (!location.hash) return;
    write("code-wrong", UNTAKEN);
    document.addEventListener("submit", () => history.replaceState(history.state, "", START));
  }

  if (!voting) {
    keepCodeInLinks();
    addEventListener("hashchange", keepCodeInLinks);
    document.addEventListener("click", followLink);
    return;
  }
  if (typeof passCode === "undefined") {
    leaveToTheForm();
    return;
  }
  document.addEventListener("submit", submitted);
  addEventListener("popstate", wentBack);
  addEventListener("hashchange", openLink);
  addEventListener("pageshow", shown);
  addEventListener("beforeunload", isLeft);
  if (history.state?.voted && !location.hash) document.getElementById("before")?.removeAttribute("hidden");
  takeCode();
  watchCode();
  document.addEventListener("input", countAll);
  document.addEventListener("change", countAll);
  countAll();
  if (kiosk) watchIdle();
})();
