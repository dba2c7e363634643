"""What a browser can tell of a page that is in somebody's way."""

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import tracker

with suppress(ImportError):
    import axe_playwright_python
    from playwright.sync_api import Locator, Page

QUICKLY = {
    "resultTypes": ["violations"],
    "preload": False,  # of what plays by itself, and we have none
    "selectors": False,  # the element itself is shown
}
ALL_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], **QUICKLY}
#: what another width can change: the size of targets, what scrolls, and the names of what is hidden in part
OF_WIDTH = ["target-size", "scrollable-region-focusable", "link-name", "button-name", "label", "aria-hidden-focus"]
WIDTH_RULES = {"runOnly": {"type": "rule", "values": OF_WIDTH}, **QUICKLY}
#: what another theme can change, at another width too
THEME_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block", *OF_WIDTH]}, **QUICKLY}
#: targets under 24 px that do not stand in a line of text (WCAG 2.5.8); a box and its label are one target
SMALL = """
() => {
  const text = "p, li, td, th, dd, dt, caption, label, figcaption, h1, h2, h3, legend, span";
  const inText = e => getComputedStyle(e).display === "inline" && e.closest(text);
  const target = e => e.matches("[type=checkbox], [type=radio]") && e.closest("label") || e;
  const isSmall = b => b.right > 0 && b.bottom + scrollY > 0 && (b.height < 23.9 || b.width < 23.9);
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && e.type !== "hidden" && !inText(e))
    .filter(e => isSmall(target(e).getBoundingClientRect()))
    .map(e => `small: ${e.outerHTML.slice(0, 120)}`);
}
"""
#: what a thumb presses most: buttons that do what the page is for, and the places at the foot of the screen
MAIN_ACTIONS = """
() => [...document.querySelectorAll("main .button, .places a")]
  .filter(e => e.checkVisibility({visibilityProperty: true}))
  .filter(e => e.getBoundingClientRect().height < 43.9)
  .map(e => `small for a thumb: ${e.outerHTML.slice(0, 120)}`)
"""
#: words that are cut off, and what stands out at the side of the page; not what a row of a list cuts on purpose: it
#: ends in "…", and its title leads to all of it
CUT = """
() => {
  const cut = e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== "visible";
  const isShortened = e => getComputedStyle(e).textOverflow === "ellipsis" && e.closest(".items");
  const out = b => b.right > innerWidth + 1 || b.left < -1;
  return [...document.querySelectorAll("main :not(svg, svg *, input, select, textarea), .bar a, .bar summary")]
    .filter(e => e.checkVisibility() && !e.closest(".unseen, .scroll, pre, .ways") && e.clientWidth > 1)
    .filter(e => cut(e) && !isShortened(e) || out(e.getBoundingClientRect()))
    .map(e => `cut: ${e.scrollWidth} in ${e.clientWidth} ${e.outerHTML.slice(0, 120)}`);
}
"""
#: two lines of text that share more than the leading between them
OVERPRINTED = """
() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), lines = [], found = [];
  while (walk.nextNode()) {
    const text = walk.currentNode, range = document.createRange();
    const isShown = text.data.trim() && text.parentElement.checkVisibility({visibilityProperty: true});
    if (!isShown || text.parentElement.closest(".unseen, .skip, caption.unseen, option, title, desc")) continue;
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) if (box.width > 2) lines.push({text, box});
  }
  lines.sort((a, b) => a.box.top - b.box.top);
  lines.forEach(({text, box}, place) => {
    for (let next = place + 1; next < lines.length && lines[next].box.top < box.bottom - 6; next++) {
      const other = lines[next];
      const width = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      if (width > 2 && other.text !== text && Math.min(box.bottom, other.box.bottom) - other.box.top > 6)
        found.push(`over each other: ${text.data.trim().slice(0, 40)} | ${other.text.data.trim().slice(0, 40)}`);
    }
  });
  return found;
}
"""
WIDTHS = "document.documentElement.scrollWidth, innerWidth"
#: in one message to the browser: a message costs more than a look
LAYOUT = f"() => [{WIDTHS}, [...({SMALL})(), ...({CUT})()]]"
#: but for a menu, which opens over what it belongs to
OPEN = "document.querySelectorAll('main details:not(.more-menu)').forEach(part => { part.open = true; })"


@cache
def axe() -> str:
    """Return the script by which pages are looked at."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def give_axe(page: "Page") -> None:
    """Bring axe into the page, once for all looks."""
    page.evaluate(axe())


def press(button: "Locator") -> None:
    """Press the button of a form, and wait for the page that comes of it.

    A click returns as soon as the answer begins: a look right after it may be at the page before, or at none.
    """
    with button.page.expect_navigation():
        button.click()


def follow_key(page: "Page", key: str) -> None:
    """Press a key that leads to another page, and wait for that page: the next key is for its scripts."""
    with page.expect_navigation():
        page.keyboard.press(key)


def faults(page: "Page", rules: Mapping[str, object] = ALL_RULES) -> list[str]:
    """Return what axe finds, as one line a rule and element."""
    found = page.evaluate("rules => axe.run(document, rules).then(done => done.violations)", rules)
    return [f"{fault['id']}: {node['html'][:200]}" for fault in found for node in fault["nodes"]]


def layout_faults(page: "Page") -> list[str]:
    """Return what is too small for a finger, cut off, or wider than the screen."""
    width, window, faults_found = page.evaluate(LAYOUT)
    return wider(width, window) + list(faults_found)


def theme_faults(page: "Page") -> list[str]:
    """Return what axe finds wrong with the colours of this theme, and with what another width can change."""
    return faults(page, THEME_RULES)


def width_faults(page: "Page") -> list[str]:
    """Return what axe finds wrong with what another width can change."""
    return faults(page, WIDTH_RULES)


def small_for_a_thumb(page: "Page") -> list[str]:
    """Return the main actions that are less than 44 px high."""
    return list(page.evaluate(MAIN_ACTIONS))


def turning_widths() -> list[int]:
    """Return the widths at which the stylesheet changes the layout, and the last ones before, widest first."""
    css = (Path(tracker.__file__).parent / "web" / "static" / "style.css").read_text("utf-8")
    turns = {round(float(rem) * 16) for rem in re.findall(r"@media[^{]*?min-width: ([\d.]+)rem", css)}
    return sorted({width for turn in turns for width in (turn, turn - 1)}, reverse=True)


def too_wide(page: "Page") -> list[str]:
    """Return by how much the page is wider than the screen."""
    return wider(*page.evaluate(f"[{WIDTHS}]"))


def wider(width: int, window: int) -> list[str]:
    """Return by how much a page is wider than the window, both in pixels."""
    return [f"{width} px wide on {window}"] if width > window else []


def overprinted(page: "Page") -> list[str]:
    """Return where two texts lie on each other, as the page stands."""
    return list(page.evaluate(OVERPRINTED))
