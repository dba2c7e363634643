"""Talks of our own, set in every layout, are read as they were spoken. Figures: python -m tests.transcripts.layouts."""

import pytest

from tests.transcripts.layouts.render import Page, Setting, marked_pages, page, settings
from tests.transcripts.layouts.scoring import score
from tracker.transcripts.reading.turns import turns

EVERY = list(settings())


@pytest.mark.parametrize("setting", EVERY, ids=lambda one: f"{one.name}-{one.talk}")
def test_turns_stand_in_the_right_place(setting: Setting) -> None:
    assert score([page(setting)]).f1 >= 0.95


@pytest.mark.parametrize("written", list(marked_pages()), ids=lambda one: one.setting.name)
def test_pages_as_they_are_published_are_read(written: Page) -> None:
    assert score([written]).f1 >= 0.9


@pytest.mark.parametrize("written", list(marked_pages()), ids=lambda one: one.setting.name)
def test_turns_of_pages_have_the_label_of_who_speaks(written: Page) -> None:
    labels = {gold.start: gold.label for gold in written.gold}
    read = {turn.start: turn.label for turn in turns(written.text) if turn.start in labels}
    assert read == {start: labels[start] for start in read}


@pytest.mark.parametrize("name", ["otter", "stamp-first", "tabs", "stamp-in-text"])
def test_a_time_beside_a_label_is_kept(name: str) -> None:
    setting = next(one for one in EVERY if one.name == name)
    assert [turn.said_at for turn in turns(page(setting).text)][:3] == [7, 48, 89]


def test_the_label_is_as_printed() -> None:
    setting = next(one for one in EVERY if one.name == "organisation")
    printed = {gold.label for gold in page(setting).gold}
    assert {turn.label for turn in turns(page(setting).text)} == printed


def test_there_are_enough_layouts_and_some_are_held_out() -> None:
    assert len(EVERY) >= 45
    assert len({setting.name for setting in EVERY if setting.part == "held"}) >= 15


@pytest.mark.parametrize("part", ["tuned", "held"])
def test_most_who_speak_under_another_label_are_known(part: str) -> None:
    found = score(page(setting) for setting in EVERY if setting.part == part)
    assert found.right >= 0.8 * found.persons
