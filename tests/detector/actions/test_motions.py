"""Motions of councils are found with their result, which is only quoted; what runs the meeting is none."""

from pathlib import Path

import pytest

from tests.detector.actions.motion_gold import found_motions, marked_motions, mistakes
from tests.detector.texts import found as candidates
from tests.texts import ROOT
from tracker.detector.actions.motions import read_motions
from tracker.transcripts.text_positions import Span

PAGES = sorted((ROOT / "tests" / "gold" / "motions").glob("*.txt"))


def words(text: str, place: Span | None) -> str | None:
    return place and text[place.start : place.end]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_motions_of_a_record_are_told_with_their_result(page: Path) -> None:
    assert mistakes(page) == []


def test_there_are_records_of_several_styles() -> None:
    assert len(PAGES) >= 12
    assert sum(len(marked_motions(page)[1]) for page in PAGES) >= 32


@pytest.mark.parametrize(
    "deed",
    [
        "to adjourn",
        "that the meeting be adjourned",
        "to approve the agenda",
        "to approve the minutes of the meeting of 3 May as corrected",
        "that the minutes of 3 May be confirmed",
        "to accept the treasurer's report",
        "to approve the consent agenda",
        "to go into closed session",
        "to open the public hearing",
        "to extend the meeting by ten minutes",
        "to call the question",
        "to table the item",
        "adoption of the agenda",
        "to excuse the absence of Ms Fern",
    ],
)
def test_what_runs_the_meeting_is_no_motion_to_follow(deed: str) -> None:
    motions, routine = read_motions(f"Moved by Ms Vale, seconded by Mr Rook, {deed}. Carried.\n")
    assert (motions, len(routine)) == ([], 1)


@pytest.mark.parametrize(
    "deed",
    [
        "to close the pool for the winter",
        "to accept payments by card",
        "to adopt the dog of the harbour",
        "to table the item and to direct staff to seek more bids",
        "to extend the pier by ten metres",
    ],
)
def test_what_only_begins_like_it_is_one(deed: str) -> None:
    assert len(found_motions(f"Moved by Ms Vale, seconded by Mr Rook, {deed}. Carried.\n")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The office moved to Pier Street. The vote was close.",
        "The motion of the waves was measured, and it carried the boats away.",
        "They were moved that so many came. The song was carried by the wind.",
        "Ms Vale moved to buy lamps.",
    ],
)
def test_what_nobody_seconds_or_votes_on_is_no_motion(text: str) -> None:
    assert found_motions(text) == []


@pytest.mark.parametrize(
    "result",
    [
        "CARRIED",
        "Carried 7–2.",
        "The motion failed.",
        "Motion passes unanimously.",
        "Vote: 5 for, 3 against, 1 abstained",
        "Defeated on a show of hands, 4 votes to 5.",
        "Ayes: Vale, Rook. Noes: none. Motion carried.",
        "The motion was withdrawn.",
    ],
)
def test_the_result_is_quoted_as_it_stands(result: str) -> None:
    text = f"Moved by Ms Vale, seconded by Mr Rook, to buy forty lamps.\n{result}\n\nThen the lamps were discussed.\n"
    (motion,) = found_motions(text)
    assert words(text, motion.result) == result


def test_the_result_of_the_next_motion_is_not_this_ones() -> None:
    one = "Moved by Ms Vale, seconded by Mr Rook, to buy forty lamps.\n"
    two = "Moved by Mr Rook, seconded by Ms Vale, to sell ten boats.\nCarried.\n"
    text = one + two
    assert [words(text, motion.result) for motion in found_motions(text)] == [None, "Carried."]


def test_a_motion_is_a_recommendation_with_the_place_of_its_result() -> None:
    text = "MS VALE: I move that we buy forty lamps.\n\nMR ROOK: Second.\n\nCLERK: Motion carries five to two.\n"
    (motion,) = candidates(text)
    assert (motion.kind, motion.title, motion.label, motion.reported) == (
        "recommendation", "Buy forty lamps", "MS VALE", False,
    )  # fmt: skip
    assert motion.result is not None
    assert text[slice(*motion.result)] == "Motion carries five to two."


def test_what_a_clerk_tells_of_a_mover_is_reported() -> None:
    text = "MR ROOK: Good day.\n\nCLERK: Moved by Ms Vale, seconded by Mr Rook, that the swings be replaced. Carried.\n"
    (motion,) = candidates(text)
    assert (motion.title, motion.reported) == ("Replace the swings", True)
