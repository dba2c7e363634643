"""Whole records of meetings of our own writing, in many styles: new actions are told from all that looks like one."""

from pathlib import Path

import pytest

from tests.detector.actions.action_gold import score
from tests.texts import ROOT

PAGES = sorted((ROOT / "tests" / "gold" / "actions").glob("*.txt"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_actions_of_a_record_are_told_right_with_owner_and_date(page: Path) -> None:
    assert score(page).f1 >= 0.9


def test_actions_of_all_records_reach_what_was_asked_for() -> None:
    scores = [score(page) for page in PAGES]
    hits = sum(page.hits for page in scores)
    marked = sum(page.gold for page in scores)
    assert marked >= 120
    assert 2 * hits / (marked + sum(page.found for page in scores)) >= 0.97
