"""The scorer counts as its rule says."""

from dataclasses import replace

import pytest

from tracker.detector.training.evaluation import Labelled, evaluate, labels, worst

TEXT = "One two three four. Five six seven eight. Nine ten. Eleven twelve. Thirteen fourteen."


def span(first: str, last: str, kind: str = "call", *, clear: bool = True, milestone: str | None = None) -> Labelled:
    return Labelled(TEXT.index(first), TEXT.index(last) + len(last), kind, milestone, clear)


def test_half_of_the_shorter_ones_words_is_a_hit() -> None:
    assert len(evaluate(TEXT, [span("One", "four")], [span("three", "six")]).hits) == 1
    assert len(evaluate(TEXT, [span("One", "four")], [span("four", "eight")]).hits) == 0


def test_one_prediction_hits_one_passage_the_largest_overlap_first() -> None:
    gold = [span("One", "two"), span("three", "eight")]
    result = evaluate(TEXT, gold, [span("One", "eight")])
    assert [passage for passage, _ in result.hits] == [gold[1]]
    assert result.missed == (gold[0],)


def test_a_prediction_of_more_than_three_sentences_hits_nothing() -> None:
    result = evaluate(TEXT, [span("Five", "eight")], [span("One", "twelve")])
    assert (len(result.hits), len(result.false)) == (0, 1)


def test_a_borderline_passage_counts_neither_way() -> None:
    gold = [span("One", "four", clear=False), span("Nine", "ten", clear=False)]
    result = evaluate(TEXT, gold, [span("One", "four")])
    assert (result.hits, result.missed, result.false) == ((), (), ())


def test_shares_are_of_what_counts() -> None:
    gold = [span("One", "four"), span("Five", "eight", "offer", milestone="may"), span("Nine", "ten")]
    found = [span("One", "four"), span("Five", "eight"), span("Thirteen", "fourteen")]
    result = evaluate(TEXT, gold, found)
    assert (result.precision, result.recall, result.f1) == pytest.approx((2 / 3, 2 / 3, 2 / 3))
    assert (result.kinds_right, result.milestones_right) == (0.5, 0.5)


def test_nothing_found_is_no_division_by_zero() -> None:
    assert evaluate(TEXT, [span("One", "four")], []).f1 == 0


def test_the_surest_errors_come_first() -> None:
    gold = [span("One", "four"), span("Five", "eight")]
    found = [replace(span("One", "four", "offer"), score=0.6), replace(span("Thirteen", "fourteen"), score=0.9)]
    parts = [replace(span("Five", "eight"), score=0.3)]
    assert [what for what, _ in worst(evaluate(TEXT, gold, found), parts)] == ["false", "missed", "kind"]


def test_labels_are_read_from_json_lines() -> None:
    (one,) = labels('{"start": 0, "end": 4, "kind": "call", "confidence": "borderline"}\n\n')
    assert (one.kind, one.milestone, one.clear) == ("call", None, False)
