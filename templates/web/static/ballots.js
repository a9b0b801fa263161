// What makes the ballot page pleasant. Without it the page works all the same, as one form.
"use strict";
(() => {
  const START = location.pathname;
  const IDLE_SECONDS = 180;
  const WARNING_SECONDS = 30;
  const ANSWER_SECONDS = 40;
  const LOST = {
    cast: "没有收到答复，不知道这张票投进了没有。请留在本页，网络好了再按一次「投出这张票」：同一张票不会投两次。",
    other: "网络不通，票还没有投。请稍候再按一次。",
  };
  const voting = document.getElementById("voting");
  const told = document.getElementById("told");
  const kiosk = Boolean(voting && voting.dataset.kiosk);
  let sheet = null; // the filled sheet, while its review is looked at
  let voted = false;
  let busy = false;

  // The code of a pass stands in the fragment of its link, which no server is sent. It leaves the history at once.
  function takeCode() {
    const code = location.hash.slice(1);
    if (!code) return;
    history.replaceState(history.state, "", START);
    const field = document.getElementById("code");
    if (!field) return;
    field.value = code;
    document.getElementById("scanned")?.removeAttribute("hidden");
  }

  // On the page that lists several polls the code goes on with the choice.
  function keepCodeInLinks() {
    const code = location.hash;
    if (!code) return;
    history.replaceState(history.state, "", START);
    for (const link of document.querySelectorAll("a[data-poll]")) link.hash = code;
  }

  function count(contest) {
    const { seats, approve, empty } = contest.dataset;
    let chosen = 0;
    for (const name of contest.querySelectorAll(".name")) {
      const set = name.querySelector("input:checked");
      if ((set ? set.value : empty) === approve) chosen += 1;
    }
    const others = [...contest.querySelectorAll(".others input")].filter((field) => field.value.trim()).length;
    const over = chosen + others - Number(seats);
    const line = contest.querySelector(".count");
    const extra = over > 0 ? `，多了 ${over} 名` : "";
    const text = `赞成 ${chosen + others} 名，应选 ${seats} 名${extra}`;
    if (line.textContent !== text) line.textContent = text;
    line.classList.toggle("wrong", over > 0);
    line.hidden = false;
  }

  function countAll() {
    for (const contest of document.querySelectorAll(".contest")) count(contest);
  }

  function say(text) {
    told.textContent = text;
    told.hidden = !text;
    if (text) told.scrollIntoView({ block: "nearest" });
  }

  function show(nodes, title) {
    voting.replaceChildren(...nodes);
    if (title) document.title = title;
    say("");
    countAll();
    scrollTo(0, 0);
    voting.querySelector("h1")?.focus({ preventScroll: true });
  }

  // The next page, put in the place of this one: so the history holds no page with a code or with marks on it.
  function turnTo(text, act) {
    const page = new DOMParser().parseFromString(text, "text/html");
    const next = page.getElementById("voting");
    if (!next) {
      say(page.querySelector("main")?.innerText.trim() || LOST.other);
      return;
    }
    for (const link of page.querySelectorAll('link[href^="/faces/"]')) document.head.append(document.adoptNode(link));
    const step = next.querySelector("[data-step]")?.dataset.step;
    if (act === "review" && step === "review") {
      sheet = [...voting.childNodes];
      if (!kiosk) history.pushState({ step }, "", START);
    }
    if (step === "voted" || step === "refused") {
      voted = true;
      sheet = null;
    }
    show([...next.childNodes], page.title);
    if (kiosk && voted) setTimeout(again, 20000);
  }

  function again() {
    location.replace(START);
  }

  // Every form of a sheet is equally long, or its length would tell a watcher of the line how many names were approved.
  function filledUp(body) {
    body.set("pad", "");
    body.set("pad", "0".repeat(Math.max(0, Number(voting.dataset.sent) - body.toString().length)));
    return body;
  }

  async function send(form, act) {
    const body = new URLSearchParams(new FormData(form));
    body.set("act", act);
    filledUp(body);
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), ANSWER_SECONDS * 1000);
    try {
      const answer = await fetch(form.action, { method: "POST", body, cache: "no-store", signal: stop.signal });
      turnTo(await answer.text(), act);
    } catch {
      say(act === "cast" ? LOST.cast : LOST.other);
    } finally {
      clearTimeout(late);
    }
  }

  document.addEventListener("submit", async (event) => {
    if (!event.target.closest("#voting")) return;
    event.preventDefault();
    const act = event.submitter?.value || "review";
    if (busy) return; // a second tap
    if (act === "change" && sheet && !kiosk) {
      history.back();
      return;
    }
    if (act === "change" && sheet) {
      show(sheet);
      sheet = null;
      return;
    }
    busy = true;
    const buttons = [...event.target.querySelectorAll("button")];
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    await send(event.target, act);
    for (const button of buttons) button.removeAttribute("aria-disabled");
    busy = false;
  });

  addEventListener("popstate", () => {
    if (location.hash) return; // a link opened on this page: the next event has its code
    if (voted) again();
    else if (sheet) {
      show(sheet, "填写选票");
      sheet = null;
    }
  });

  addEventListener("hashchange", takeCode);

  // A page that the browser kept is read anew: it could be another voter's, or of a poll that has closed.
  addEventListener("pageshow", (event) => {
    if (event.persisted && (voted || kiosk)) again();
  });

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

  if (!voting) {
    keepCodeInLinks();
    return;
  }
  takeCode();
  document.addEventListener("input", countAll);
  document.addEventListener("change", countAll);
  countAll();
  if (kiosk) watchIdle();
})();
