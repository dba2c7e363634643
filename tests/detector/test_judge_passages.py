"""Parts become passages: what points back is joined, what is too little is left."""

import pytest

from tests.detector.texts import found, quotes
from tracker.detector.candidate import CLEAR, DOUBTFUL
from tracker.detector.detect import candidates, every_part
from tracker.detector.judge_passages import BARS, FoundStretch, bar, passages
from tracker.detector.minutes import TextKind
from tracker.detector.sentence_parts import parts, small
from tracker.transcripts.reading.turns import turns

ORDER = "MS OAK: We propose that the board publish the list. This should be done by May.\n"


def test_a_sentence_that_points_back_joins_the_one_before() -> None:
    assert quotes(ORDER) == [ORDER[8:].strip()]


def test_a_part_knows_what_was_said_before() -> None:
    ((_, said),) = parts("MR ELM: Who does it? I will.\n", turns("MR ELM: Who does it? I will.\n"))
    assert [(one.said.before, one.said.opening) for one in said] == [("", True), ("who does it?", False)]


def test_sounds_between_the_words_are_not_read_and_move_nothing() -> None:
    said = "Um, we should, uh, publish the hmm list."
    assert small(said, 0, len(said)).split() == ["we", "should,", "publish", "the", "list."]
    assert len(small(said, 0, len(said))) == len(said)


def test_every_part_has_a_score_shown_or_not() -> None:
    text = "MS OAK: The board should publish the list. The weather may be fine.\n"
    scores = [one.score for one in every_part(text, turns(text))]
    assert len(scores) == 2
    assert scores[0] > 0.5 > scores[1]


def test_a_part_without_any_word_that_could_propose_has_a_score_too() -> None:
    text = "MS OAK: It rained. We saw them.\n"
    assert [one.score < 0.2 for one in every_part(text, turns(text))] == [True, True]


def test_a_doubtful_passage_stands_alone_and_is_marked() -> None:
    text = "MS OAK: We propose that the board publish the list.\n\nMR ELM: The weather may be fine for a walk.\n"
    scores = [one.score for one in every_part(text, turns(text))]
    shown = candidates(text, turns(text))
    assert len(shown) == sum(score >= DOUBTFUL for score in scores)
    assert [one.is_clear for one in shown] == [one.score >= CLEAR for one in shown]


def test_two_parts_of_a_short_sentence_are_one_passage() -> None:
    said = "The office should put the list on the page, and we need to see it a week before the meeting."
    assert quotes(f"MS OAK: {said}\n") == [said]


def test_the_bar_of_a_text_rises_with_its_own_best_parts() -> None:
    low, high = ([value] * 100 for value in (-3.0, 3.0))
    assert bar(TextKind.FORUM, low) < bar(TextKind.FORUM, high)
    assert bar(TextKind.FORUM, [3.0]) == BARS[TextKind.FORUM]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Cut the number of workshops to half.", "recommendation"),
        ("I would be grateful for a table of who was refused.", "request"),
        ("You will have the first draft by Friday.", "commitment"),
        ("There is room for a second hall next year.", "recommendation"),
        ("Plus one to Nadia.", "support"),
    ],
)
def test_who_proposes_without_saying_so_is_heard(said: str, kind: str) -> None:
    assert [one.kind for one in found(f"MS OAK: {said}\n")] == [kind]


def test_a_french_or_spanish_text_does_no_harm() -> None:
    assert found("MME DUPIN: Merci, nous avons écouté. Señor, ¿qué hacemos? 。\n") == []


def test_a_strong_proposal_keeps_its_kind_where_a_side_is_taken_after_it() -> None:
    text = "MS OAK: We propose that the board publish the list by May. There is no need for a second list.\n"
    assert found(text)[0].kind == "recommendation"


@pytest.mark.parametrize(
    ("kinds", "kind"),
    [
        (("support", "recommendation"), "support"),
        (("recommendation", "support"), "recommendation"),
        (("objection", "recommendation"), "objection"),
    ],
)
def test_who_first_takes_a_side_goes_on_to_say_why(kinds: tuple[str, str], kind: str) -> None:
    text = "MS OAK: The list is long and old. It is a burden.\n"
    ((_, said),) = parts(text, turns(text))
    scores = (0.7, 0.9)
    stretches = [
        FoundStretch(part.start, part.end, *judged)
        for part, judged in zip(said, zip(kinds, scores, strict=True), strict=True)
    ]
    assert [passage.kind for passage in passages(text, said, stretches)] == [kind]
