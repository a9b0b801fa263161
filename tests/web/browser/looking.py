"""What every page owes everybody: nothing that axe finds, the smallest phone, text twice as large, keys alone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.web.browser.conftest import SMALLEST, pictured

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
TWICE = "document.documentElement.style.setProperty('font-size', '250%')"
"""Text twice as large: what the style sheet says of it is 125 %, and of the wall's twenty pixels at least."""
AS_IT_WAS = "document.documentElement.style.removeProperty('font-size')"
WIDE = """() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  const all = scrollWidth > clientWidth ? [...document.querySelectorAll("body, body *")] : [];
  return all.filter((each) => each.scrollWidth > each.clientWidth || each.getBoundingClientRect().right > clientWidth)
    .map((each) => each.outerHTML.slice(0, 200));
}"""
"""What makes the page scroll sideways."""
TARGETS = "button, .button, .face, .tick, input:is([type=text], [type=search], [type=password]), textarea, summary"
SMALL = f"""() => [...document.querySelectorAll('{TARGETS}')]
  .filter((each) => each.offsetParent && each.getBoundingClientRect().height < 48).map((each) => each.outerHTML)"""
TINY = """() => [...document.querySelectorAll('main *')]
  .filter((each) => each.childNodes.length && parseFloat(getComputedStyle(each).fontSize) < 20)
  .map((each) => each.outerHTML)"""
LOST = """() => {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const lost = [], range = document.createRange();
  const look = (of, word) => {
    for (let line = 0; line < range.getClientRects().length; line += 1) {
      const before = range.getClientRects()[line];
      scrollBy(0, (before.top + before.bottom - innerHeight) / 2);
      const box = range.getClientRects()[line];
      const seen = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      const hers = seen && (of.contains(seen) || seen.contains(of) || of.closest("label")?.contains(seen));
      if (box.left < 0 || box.right > innerWidth) lost.push(`${word}: beside the page`);
      else if (!hers) lost.push(`${word}: under ${seen?.outerHTML}`);
    }
  };
  while (texts.nextNode()) {
    const text = texts.currentNode, of = text.parentElement;
    if (!of.checkVisibility() || of.closest(".hidden, noscript, textarea")) continue;
    for (const { 0: word, index } of text.data.matchAll(/\\S+/g)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      look(of, word);
    }
  }
  return lost;
}"""
"""Every word on the page that cannot be read there: beside the page, or under something else."""
STOPS = """() => [...document.querySelectorAll("a[href], button, input, textarea, select, summary")]
  .filter((each) => each.checkVisibility() && each.type !== "hidden" && !each.disabled && !each.closest(".hidden"))
  .filter((each) => each.type !== "radio" || each === (document.querySelector(`input[name="${each.name}"]:checked`)
    || document.querySelector(`input[name="${each.name}"]`)))
  .map((each) => each.outerHTML)"""
"""Everything that a key must lead to; of a group of buttons the one that is set, or the first."""
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const ringed = [at, at.nextElementSibling].some((each) => {
    if (!each) return false;
    const style = getComputedStyle(each);
    return style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 3 && style.opacity !== "0";
  });
  const box = at.getBoundingClientRect();
  const middle = Math.max(0, Math.min(innerHeight - 1, (box.top + box.bottom) / 2));
  const seen = document.elementFromPoint((box.left + box.right) / 2, middle);
  const label = at.closest("label");
  const hers = seen && (at.contains(seen) || seen.contains(at) || (label && label.contains(seen)));
  return [at.outerHTML, ringed && Boolean(hers)];
}"""
"""What has the focus, and whether one sees it: a ring around it, and nothing over it."""


def for_everybody(page: Page, name: str) -> None:
    """This page as it stands, at the size that it has and on the smallest phone; it is left as it was."""
    size = page.viewport_size or SMALLEST
    axe_finds_nothing(page, name)
    if size != SMALLEST:
        page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
        axe_finds_nothing(page, f"{name}-320")
    assert page.evaluate(SMALL) == []
    assert page.evaluate(TINY) == []
    everything_is_read(page)
    every_key_is_seen(page)
    page.evaluate(TWICE)
    pictured(page, f"{name}-twice")
    everything_is_read(page)
    page.evaluate(AS_IT_WAS)
    page.set_viewport_size(size)


def axe_finds_nothing(page: Page, name: str) -> None:
    pictured(page, name)
    found = Axe().run(page, options=RULES).response["violations"]
    assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]


def everything_is_read(page: Page) -> None:
    """Without scrolling sideways, and nothing hidden."""
    assert page.evaluate(WIDE) == []
    assert page.evaluate(LOST) == []


def every_key_is_seen(page: Page) -> None:
    """The tabulator leads to whatever can be pressed or filled in, and one sees where one is."""
    stops = set(page.evaluate(STOPS))
    page.evaluate("document.activeElement.blur()")
    missing, unseen = set(stops), []
    for _ in range(2 * len(stops) + 2):
        if not missing:
            break
        page.keyboard.press("Tab")
        if at := page.evaluate(FOCUSED):
            missing.discard(at[0])
            unseen += [] if at[1] else [at[0]]
    assert not missing
    assert unseen == []
