// What makes the desks quick: forms sent without leaving the page, figures that follow the other desks, keys.
"use strict";
(() => {
  const WAIT = 150;
  const LOST = "网络不通，没有办成。请稍候再按一次。";
  const one = (selector) => document.querySelector(selector);

  // Only what changes is put in: the field in which somebody types is left alone.
  const show = (text, parts) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    for (const selector of parts) {
      const old = one(selector), fresh = page.querySelector(selector);
      if (!fresh) { document.open(); document.write(text); document.close(); return false; }
      old.replaceWith(document.adoptNode(fresh));
    }
    for (const link of page.head.querySelectorAll('link[href^="/faces/"]')) {
      if (!one(`link[href="${link.getAttribute("href")}"]`)) document.head.append(document.adoptNode(link));
    }
    return true;
  };
  const tell = (text) => {
    const said = one("#said");
    if (said) { said.hidden = false; said.className = "notice wrong"; said.textContent = text; }
  };

  const find = one("#find");
  if (find) {
    const field = find.q;
    let waiting = 0, asked = 0, latest = Promise.resolve(false);
    // True once the roll shown is the one last asked for: a list that was overtaken waits for what overtook it.
    const listed = async (mine) => {
      let text = "";
      try {
        const answer = await fetch(`/desk/check-in?q=${encodeURIComponent(field.value)}`);
        text = await answer.text();
      } catch { if (mine === asked) tell("网络不通，名单可能不是最新的。"); }
      if (mine !== asked) return latest;
      return Boolean(text) && show(text, ["#roll"]);
    };
    const list = () => (latest = listed(++asked));
    field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(list, WAIT); });
    find.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(waiting);
      const wanted = field.value;
      if (!(await list()) || field.value !== wanted) return; // the button of somebody else is never the next Enter's
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
        asked += 1; // whatever list is still under way is older than this answer
        latest = Promise.resolve(false);
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

  // A pile at the keyboard: one key a name, as on the command line.
  const paper = one("#paper");
  if (paper) {
    const rows = [...paper.querySelectorAll("fieldset.mark")];
    const boxes = (row) => [...row.querySelectorAll("input")];
    const isSet = (row) => boxes(row).some((box) => box.checked);
    let at = 0, sent = false;
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
    paper.querySelector(".keys").hidden = false;
    stand(rows.findIndex((row) => !isSet(row)) < 0 ? 0 : rows.findIndex((row) => !isSet(row)));
    paper.addEventListener("change", (event) => {
      const row = event.target.closest("fieldset.mark");
      if (row) stand(rows.indexOf(row) + 1);
    });
    document.addEventListener("keydown", (event) => {
      if (event.target.matches('input[type="text"], a, button, summary, input[type="checkbox"]')) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const key = event.key === "？" ? "?" : event.key;
      if (key === "Enter") {
        event.preventDefault();
        if (!event.repeat) one("#next").click();
      } else if (key === "Backspace") {
        event.preventDefault();
        stand(at - 1);
        if (rows[at]) boxes(rows[at]).forEach((box) => { box.checked = false; });
      } else if (key === "a") {
        rows.slice(at).forEach((row) => { if (!isSet(row)) mark(row, "1"); });
        stand(rows.length);
      } else if (rows[at] && mark(rows[at], key)) {
        event.preventDefault();
        stand(at + 1);
      }
    });
    paper.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
      setTimeout(() => { sent = false; }, 3000);
    });
  }
})();
