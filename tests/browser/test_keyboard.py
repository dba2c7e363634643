"""By keyboard alone: everything is reached in the order it is read, and seen where it has the focus; no trap."""

from contextlib import suppress
from itertools import groupby

import pytest

from tests.browser.looking import OPEN, faults, give_axe, press
from tests.town import Town

with suppress(ImportError):
    from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Windows = dict[str | None, "Page"]
#: with the number of the passage, the transcript and the meeting of the town in their place
PAGES = (
    "/", "/items", "/items/1", "/items/1/update", "/triage/{passage}", "/transcripts/{talk}", "/meetings/{meeting}",
    "/milestones/spring/move", "/people/{person}", "/reports/spring/v1", "/account",
)  # fmt: skip
#: forms that say nothing yet, and are refused
EMPTY_FORMS = ("/items/new", "/meetings/new", "/milestones/new", "/people/new", "/items/1/update")
#: stops within a date: day, month, year, calendar
MOST = 4
NUMBER_ALL = """
() => {
  const focusable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const isReachable = e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && !isOtherRadio(e);
  const isOtherRadio = e => e.type === "radio" && e !== (
    [...document.getElementsByName(e.name)].find(r => r.checked) || document.getElementsByName(e.name)[0]);
  const all = [...document.querySelectorAll(focusable)].filter(isReachable);
  all.forEach((e, i) => { e.dataset.seq = i; });
  return all.length;
}
"""
HERE = """
() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const isHidden = over?.closest(".places") && !e.closest(".places");
  return [Number(e.dataset.seq ?? -1), style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2, !isHidden];
}
"""


def walked(page: "Page") -> tuple[int, list[tuple[int, bool, bool]]]:
    """Return how much can have the focus, and where the Tab key led: its number, whether it is seen, and uncovered."""
    count, steps = page.evaluate(NUMBER_ALL), []
    while len(steps) < MOST * count and (not steps or steps[-1][0] < count - 1):
        page.keyboard.press("Tab")
        steps.append(tuple(page.evaluate(HERE)))
    return count, steps


@pytest.mark.parametrize("path", PAGES)
def test_the_tab_key_reaches_all_in_order(town: Town, windows: Windows, path: str) -> None:
    page = windows["secretariat"]
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto(path.format(**town.names))
    count, steps = walked(page)
    assert [number for number, _same in groupby(number for number, _seen, _uncovered in steps)] == list(range(count))
    assert [step for step in steps if not all(step[1:])] == []


@pytest.mark.parametrize("path", EMPTY_FORMS)
def test_a_refused_form_is_announced_and_begins_at_what_is_wrong(windows: Windows, path: str) -> None:
    page = windows["secretariat"]
    page.goto(path)
    press(page.locator("main form[method=post] button[type=submit]").first)
    errors = page.get_by_role("alert")
    expect(errors).to_be_focused()
    page.evaluate(OPEN)
    give_axe(page)
    assert faults(page) == []
    first = errors.get_by_role("link").first
    first.click()
    expect(page.locator(str(first.get_attribute("href")))).to_be_focused()


def test_the_list_of_errors_stays_clear_of_the_bar_below(windows: Windows) -> None:
    page = windows["secretariat"]
    page.set_viewport_size({"width": 360, "height": 700})
    page.goto("/meetings/new")
    press(page.locator("main form[method=post] button[type=submit]").first)
    box, bar = page.locator("[role=alert]").bounding_box(), page.locator(".places").bounding_box()
    assert box
    assert bar
    assert 0 <= box["y"] < bar["y"]
