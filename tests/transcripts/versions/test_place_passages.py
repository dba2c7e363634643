"""A passage finds its place in a corrected text: by its words, and by what stands beside them."""

import pytest

from tests.transcripts.versions.corrected import Pair, mutations, pairs, texts
from tests.transcripts.versions.measure_anchors import measure, places, verdict
from tracker.transcripts.text_positions import Span
from tracker.transcripts.versions.place_passages import Alignment, FoundPlace, find_place, guess_places, is_worth_asking

LAMPS = "The lamps along the road are dim. We should buy new lamps before winter. The road is long."
CORRECTED = "The lamps along the road are dim. We should buy new lambs before the winter. The road is long."
WORDS = "We should buy new lamps before winter."


def found(old: str, words: str, new: str, nth: int = 0) -> FoundPlace | None:
    start = -1
    for _ in range(nth + 1):
        start = old.index(words, start + 1)
    return find_place(Alignment(old, new), Span(start, start + len(words)), [Span(0, len(new))])


def cut(old: str, words: str, new: str, nth: int = 0) -> str | None:
    place = found(old, words, new, nth)
    return new[place.span.start : place.span.end] if place and place.is_sure else None


def test_the_same_words_stand_where_they_stood() -> None:
    place = found(LAMPS, WORDS, f"A new head.\n\n{LAMPS}")
    assert place is not None
    assert (place.is_unchanged, place.is_sure, place.is_moved) == (True, True, False)


def test_corrected_words_are_cut_whole_with_their_stop() -> None:
    assert cut(LAMPS, WORDS, CORRECTED) == "We should buy new lambs before the winter."


def test_case_accents_and_stops_are_no_change() -> None:
    place = found(LAMPS, WORDS, LAMPS.upper().replace(".", " ;"))
    assert place is not None
    assert place.is_unchanged


def test_what_is_gone_is_not_found_elsewhere() -> None:
    assert cut(LAMPS, WORDS, LAMPS.replace(f" {WORDS}", "")) is None


def test_other_words_in_the_same_place_are_not_taken_for_it() -> None:
    assert cut(LAMPS, WORDS, LAMPS.replace(WORDS, "Nobody has looked at the fountain since the parade.")) is None


TWINS = "MS A: The roof leaks. I support that. MR B: The door is heavy and slow. I support that. MS C: The end."


def test_twins_are_told_apart_by_what_stands_beside_them() -> None:
    new = TWINS.replace("leaks", "is leaking")
    places = [found(TWINS, "I support that.", new, nth) for nth in (0, 1)]
    assert [place and place.span.start for place in places] == [new.index("I support"), new.rindex("I support")]


def test_the_second_twin_is_not_taken_for_the_first_that_is_gone() -> None:
    new = TWINS.replace("MS A: The roof leaks. I support that. ", "")
    assert cut(TWINS, "I support that.", new) is None
    assert cut(TWINS, "I support that.", new, 1) == "I support that."


def test_a_passage_stays_within_one_speech() -> None:
    new = CORRECTED.replace("buy new", "buy. MR B: No, new")
    border = new.index("MR B")
    speeches = [Span(0, border - 1), Span(border + 6, len(new))]
    start = LAMPS.index(WORDS)
    place = find_place(Alignment(LAMPS, new), Span(start, start + len(WORDS)), speeches)
    assert place is not None
    assert any(one.start <= place.span.start < place.span.end <= one.end for one in speeches)


def test_a_passage_respelt_beyond_recognition_elsewhere_is_only_guessed() -> None:
    new = "Wee shoud bye neu lamps befor winter. " + LAMPS.replace(f" {WORDS}", "")
    start = LAMPS.index(WORDS)
    guessed = guess_places(Alignment(LAMPS, new), [Span(start, start + len(WORDS))], [Span(0, len(new))])
    assert (guessed[0].span.start, guessed[0].is_sure, is_worth_asking(guessed[0])) == (0, False, True)


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.name)
def test_by_hand_no_passage_is_anchored_wrongly_and_few_are_asked(pair: Pair) -> None:
    said = {number: verdict(pair.gold[number], place) for number, place in places(pair)}
    assert not {number for number, one in said.items() if one in ("sure, wrong", "lost though present")}
    assert sum(one.startswith("asked") for one in said.values()) <= 1


def test_by_chance_nearly_all_passages_find_their_place() -> None:
    counted = measure(pair for seed in range(3) for text in texts() for pair in mutations(text, 2, seed))
    assert counted["sure, wrong"] == 0
    assert counted["sure, right"] >= 0.9 * sum(counted.values())


def test_runs_that_were_found_elsewhere_give_the_same_alignment() -> None:
    whole = Alignment(LAMPS, CORRECTED)
    assert Alignment(LAMPS, CORRECTED, whole.runs()).to == whole.to
