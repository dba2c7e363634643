"""What may repeat what: by place in the text, by words."""

import pytest

from tracker.proposals.similar import Place, is_same, shared

HERE = Place("a", 100, 200)


@pytest.mark.parametrize(
    ("start", "end", "part"),
    [(100, 200, 1.0), (150, 250, 0.5), (190, 400, 0.1), (0, 100, 0.0), (200, 300, 0.0), (120, 140, 1.0)],
)
def test_what_is_shared_counts_from_the_shorter_one(start: int, end: int, part: float) -> None:
    assert shared(HERE, Place("a", start, end)) == pytest.approx(part)


def test_passages_of_two_files_share_nothing() -> None:
    assert shared(HERE, Place("b", 100, 200)) == 0


@pytest.mark.parametrize(("start", "same"), [(150, True), (151, False)])
def test_half_of_the_shorter_one_is_the_same(start: int, same: bool) -> None:
    assert is_same(HERE, Place("a", start, start + 100)) is same
