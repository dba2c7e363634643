"""A bar that stays while the page moves beneath it hides nothing that has the focus (WCAG 2.4.11)."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from flask import Flask

from tests.factories import make_meeting, make_transcript
from tests.web.room import found
from tests.web.world import World
from tracker.people.models import Body

with suppress(ImportError):
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
HEIGHT = 700
#: far more stops than any page of the town has
MOST = 500
#: whether the page has a bar that stays
BARS = """
() => [...document.querySelectorAll("body *")].some(
  e => ["fixed", "sticky"].includes(getComputedStyle(e).position) && e.checkVisibility())
"""
#: what lies over the focused element; null where the Tab key has left the page. Of what is higher than a line of
#: buttons, a text field above all, the middle is enough: there one writes, and sees what one writes.
COVERED = """
() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const box = e.getClientRects()[0], name = e.outerHTML.slice(0, 120);
  if (box.bottom < 1 || box.top > innerHeight - 1) return `out of sight: ${name}`;
  const isOver = (over, e) => {
    for (let bar = over; bar; bar = bar.parentElement)
      if (["fixed", "sticky"].includes(getComputedStyle(bar).position)) return !bar.contains(e);
    return false;
  };
  const heights = box.height > 64 ? [box.height / 2] : [2, box.height / 2, box.height - 2];
  const over = heights.map(y => document.elementFromPoint(box.left + box.width / 2, box.top + y));
  return over.some(what => isOver(what, e)) ? `under a bar: ${name}` : "";
}
"""
#: the same for all that can have the focus, without a key for each: to be focused scrolls as the Tab key does
ALL_COVERED = f"""
() => {{
  const covered = {COVERED}, faults = [];
  scrollTo(0, 0);
  for (const stop of document.querySelectorAll("body :not([tabindex='-1'])")) {{
    stop.focus({{focusVisible: true}});
    if (document.activeElement === stop) faults.push(covered());
  }}
  document.activeElement.blur();
  scrollTo(0, 0);
  return faults.filter(fault => fault);
}}
"""


def under_bars(page: "Page", width: int) -> list[str]:
    """Give the focus to all that can have it, and return what had it under a bar."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    if not page.evaluate(BARS):
        return []
    return list(page.evaluate(ALL_COVERED))


def covered(page: "Page", path: str, width: int) -> list[str]:
    """Go through the page by the Tab key, and return what had the focus under a bar."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.goto(path)
    if not page.evaluate(BARS):
        return []
    faults = list[str]()
    for _ in range(MOST):
        page.keyboard.press("Tab")
        fault = page.evaluate(COVERED)
        if fault is None:
            break
        if fault:
            faults.append(f"{path} at {width} px: {fault}")
    return faults


def long_queue(app: Flask, world: World) -> None:
    """Give triage a queue of several screens."""
    sentences = [f"We should buy lamp number {number} for the hall." for number in range(30)]
    with app.extensions["sessions"].writing() as session:
        sitting = make_meeting(session, session.get_one(Body, world.register))
        transcript = make_transcript(session, sitting, "CHAIR: " + " ".join(sentences))
        for sentence in sentences:
            found(session, transcript, sentence, title=sentence)


@pytest.mark.parametrize("width", [360, 768, 800, 1087, 1280])
def test_a_long_queue_stays_clear_of_its_bar(
    app: Flask, world: World, open_as: Callable[..., "Page"], width: int
) -> None:
    long_queue(app, world)
    assert covered(open_as(world.secretariat, "/triage", width=width), "/triage", width) == []
