// The screen follows the hall by itself. Whatever happens to the line, it asks again and is told everything.
"use strict";
(() => {
  const AGAIN = 3000;
  const screen = document.getElementById("screen");
  const lost = document.getElementById("lost");
  const listen = () => {
    const source = new EventSource(screen.dataset.live);
    source.addEventListener("message", (event) => {
      lost.hidden = true;
      screen.innerHTML = JSON.parse(event.data);
    });
    source.addEventListener("open", () => { lost.hidden = true; });
    source.addEventListener("error", () => {
      lost.hidden = false;
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, AGAIN);
    });
  };
  listen();
})();
