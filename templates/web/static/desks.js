// What the scripts of the desks have in common: a part of the page put in the place of another, and what is told.
"use strict";
(() => {
  const PATIENCE = 20000; // milliseconds for an answer: on a bad line none is as good as a late one
  const one = (selector) => document.querySelector(selector);

  const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

  // Only what changes is put in: the field in which somebody types is left alone.
  const show = (page, selector) => {
    const old = one(selector), fresh = page.querySelector(selector);
    if (!old || !fresh) return false;
    old.replaceWith(document.adoptNode(fresh));
    for (const link of page.head.querySelectorAll('link[href^="/faces/"]')) {
      if (!one(`link[href="${link.getAttribute("href")}"]`)) document.head.append(document.adoptNode(link));
    }
    return true;
  };

  const ask = async (address, form) => {
    const patience = new AbortController();
    const end = setTimeout(() => patience.abort(), PATIENCE);
    const sent = form ? { method: "POST", body: new URLSearchParams(form) } : {};
    try {
      const answer = await fetch(address, { ...sent, signal: patience.signal });
      return { answer, page: parsed(await answer.text()) };
    } finally { clearTimeout(end); }
  };

  // At the foot of the window, wherever the page stands.
  const tell = (text, kind = "") => {
    const told = one("#told");
    told.className = kind;
    told.textContent = text;
  };

  window.desk = { one, show, ask, tell };
})();
