// The screen follows the hall by itself. Whatever happens to the line, it asks again and is told everything.
"use strict";
(() => {
  const AGAIN = 3000;
  const screen = document.getElementById("screen");
  const lost = document.getElementById("lost");

  // Nobody scrolls a projector: what is too much for it is set smaller, and where half is not enough, shown in parts.
  const SMALLEST = 0.5, STEP = 0.05, STAYS = 12000, OVERLAP = 0.85;
  const root = document.documentElement;
  const part = document.getElementById("part");
  const wall = window.matchMedia("(min-width: 1000px)"); // a phone is scrolled by whoever holds it
  let place = 0, held = false;
  const tooHigh = () => wall.matches && root.scrollHeight > window.innerHeight + 1;
  const columns = (list) => {
    const em = parseFloat(getComputedStyle(root).fontSize);
    const widths = Array.from(list.children, (each) => each.getBoundingClientRect().width);
    list.style.setProperty("--widest", `${Math.max(...widths) / em + 0.1}rem`);
  };
  const fit = () => {
    let size = 1;
    root.style.setProperty("--fit", size);
    screen.querySelectorAll(".names").forEach(columns);
    while (tooHigh() && size > SMALLEST) root.style.setProperty("--fit", size = Math.max(SMALLEST, size - STEP));
    turn(0);
  };
  const turn = (by) => {
    const page = window.innerHeight * OVERLAP;
    const parts = tooHigh() ? Math.ceil((root.scrollHeight - window.innerHeight) / page) + 1 : 1;
    place = (place + by) % parts;
    part.hidden = parts === 1;
    part.textContent = `${place + 1}／${parts}　${held ? "已停住，按空格键继续" : "按空格键停住"}`;
    if (wall.matches) window.scrollTo(0, place * page);
  };
  setInterval(() => { if (!held) turn(1); }, STAYS);
  window.addEventListener("resize", fit);
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || part.hidden) return;
    event.preventDefault();
    held = !held;
    turn(0);
  });

  const isLost = (yes) => {
    lost.hidden = !yes;
    fit();
  };
  const listen = () => {
    const source = new EventSource(screen.dataset.live);
    source.addEventListener("message", (event) => {
      screen.innerHTML = JSON.parse(event.data);
      isLost(false);
    });
    source.addEventListener("open", () => isLost(false));
    source.addEventListener("error", () => {
      isLost(true);
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN);
    });
  };
  fit();
  if (document.fonts) document.fonts.addEventListener("loadingdone", fit);
  listen();
})();
