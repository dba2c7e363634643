"""Figures agree: twenty random registers, and each figure is the length of the list that it leads to."""

import csv
import io
import random
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from tests.factories import NOW, TODAY, make_milestone
from tests.web.browsing import Browser
from tests.web.items.test_lists import titles
from tests.web.shelf import Shelf
from tracker.items.models import Progress, ProposerView
from tracker.meetings.models import Milestone
from tracker.meetings.queries import milestone_by_slug
from tracker.reports.drafts import draft
from tracker.reports.progress import headline
from tracker.reports.snapshot import Scope

#: the days of the milestones, counted from today: one is over, one runs, one is to come
STARTS = {"over": -30, "runs": -1, "ahead": 30}
LINKED = re.compile(r'<a href="(/items\?[^"]+)"[^>]*>(?:<span class="big">)?(\d+)\b')
#: figures of a report that have a list of their own
LISTS = {"overdue": "late=1", "past": "past=1"}


def days(chance: random.Random) -> timedelta:
    return timedelta(days=chance.randint(-40, 40))


def values(chance: random.Random, milestones: list[int]) -> dict[str, Any]:
    """What a random item holds."""
    due: dict[str, Any] = {"milestone_id": chance.choice(milestones), "offset_days": chance.choice([0, 0, 2, -3])}
    if chance.random() < 0.4:
        due = {"own_due_on": chance.choice([None, TODAY + days(chance)])}
    return {
        **due,
        "progress": chance.choice([*Progress]),
        "proposer_view": chance.choice([None, *ProposerView]),
        "condition": chance.choice([None, None, "if money is found"]),
        "promised_on": TODAY + days(chance),
    }


@pytest.fixture(params=range(20))
def register(shelf: Shelf, request: pytest.FixtureRequest) -> Shelf:
    """A register of 16 random items at three milestones."""
    chance = random.Random(request.param)
    with shelf.writing() as session:
        board = shelf.board(session)
        first = {slug: TODAY + timedelta(days=start) for slug, start in STARTS.items()}
        made = [
            make_milestone(session, board, slug=slug, title=slug, starts_on=day, ends_on=day + timedelta(days=2))
            for slug, day in first.items()
        ]
        milestones = [milestone.id for milestone in made]
    for number in range(16):
        put = chance.choice([shelf.put, shelf.owned])
        put(title=f"Keep archive {number}", **values(chance, milestones))
    return shelf


def listed(browser: Browser, query: str) -> int:
    return len(titles(browser.get(f"/items?{query}").text))


def figures_of_the_report(register: Shelf) -> dict[str, int]:
    with register.writing() as session:
        board = register.board(session)
        milestone: Milestone | None = milestone_by_slug(session, board.id, "ahead")
        assert milestone
        made = draft(session, board, milestone, as_of=TODAY, now=NOW, scope=Scope.INTERNAL)
        return headline(made.entries, TODAY)


def test_each_figure_is_the_length_of_its_list(register: Shelf, secretariat: Browser) -> None:
    linked = [pair for page in ("/", "/milestones") for pair in LINKED.findall(secretariat.get(page).text)]
    assert linked
    for href, count in linked:
        assert (href, listed(secretariat, unescape(href).partition("?")[2])) == (href, int(count))
    figures = figures_of_the_report(register)
    lists = {name: listed(secretariat, query) for name, query in LISTS.items()}
    assert {name: figures[name] for name in LISTS} == lists


def test_timeline_milestone_page_list_and_export_count_the_same(register: Shelf, secretariat: Browser) -> None:
    stops = secretariat.get("/items?view=timeline").text.split("<h2")
    for slug in STARTS:
        [stop] = [stop for stop in stops if f'href="/milestones/{slug}"' in stop] or [""]
        page = secretariat.get(f"/milestones/{slug}").text
        [due] = re.findall(r"(\d+) items? due<", page) or [0]
        exported = list(csv.DictReader(io.StringIO(secretariat.get(f"/items.csv?milestone={slug}").text)))
        counts = len(titles(stop)), listed(secretariat, f"milestone={slug}"), len(exported)
        assert counts == (int(due),) * 3
