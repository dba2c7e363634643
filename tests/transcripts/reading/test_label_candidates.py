"""What the preview shows of a layout, and what the secretariat says of it."""

from tracker.transcripts.reading.label_candidates import guess_labels
from tracker.transcripts.reading.labels import LabelChoice
from tracker.transcripts.reading.turns import hear

TEXT = "MS OAK: Good day.\n\nSixth point: no.\n\nMS OAK: Yes.\n\nthe one by the door: Hello.\n"


def heard(said: LabelChoice) -> list[str | None]:
    return [turn.label for turn in hear(TEXT, stated=said).turns]


def test_line_starts_are_offered_with_their_number_and_places() -> None:
    first = guess_labels(TEXT)[0]
    assert (first.text, first.count, first.taken) == ("MS OAK", 2, True)
    assert [TEXT[place : place + 6] for place in first.examples] == ["MS OAK", "MS OAK"]


def test_what_is_not_taken_is_offered_too() -> None:
    assert {guess.text for guess in guess_labels(TEXT) if not guess.taken} == {"Sixth point", "the one by the door"}


def test_what_a_person_calls_a_label_is_one() -> None:
    assert heard(LabelChoice(labels=("the one by the door",))) == ["MS OAK", "MS OAK", "the one by the door"]


def test_what_a_person_refuses_is_none() -> None:
    assert heard(LabelChoice(labels=("Sixth point",), not_labels=("MS OAK",))) == ["Sixth point"]


def test_a_label_that_is_named_speaks_for_its_shape() -> None:
    text = "some words.\n\nmaster of tides: Hello.\n\nkeeper of lamps: Yes.\n\nnow: no.\n"
    said = LabelChoice(labels=("master of tides",))
    assert [turn.label for turn in hear(text, stated=said).turns] == ["master of tides", "keeper of lamps"]


def test_a_name_alone_on_its_line_can_be_named() -> None:
    text = "Head\n\nOld Tom\nGood day.\n\nYoung Tom\nYes.\n"
    said = LabelChoice(labels=("Old Tom", "Young Tom"))
    assert [turn.label for turn in hear(text, stated=said).turns] == ["Old Tom", "Young Tom"]
