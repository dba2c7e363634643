"""Pages of a transcript are cut between turns."""

import pytest

from tracker.transcripts.page_cuts import cut, page_with


@pytest.mark.parametrize(
    ("lengths", "pages"),
    [
        ([], []),
        ([5], [range(1)]),
        ([5, 5, 5], [range(2), range(2, 3)]),
        ([20, 1], [range(1), range(1, 2)]),
        ([1, 20, 1], [range(1), range(1, 2), range(2, 3)]),
        ([4, 4, 2, 1], [range(3), range(3, 4)]),
    ],
)
def test_turns_are_never_cut(lengths: list[int], pages: list[range]) -> None:
    assert cut(lengths, 10) == pages


def test_every_turn_is_on_one_page() -> None:
    lengths = [3, 9, 1, 1, 1, 30, 2]
    assert [place for page in cut(lengths, 10) for place in page] == list(range(len(lengths)))


@pytest.mark.parametrize(("place", "page"), [(0, 0), (1, 0), (2, 1), (9, 0)])
def test_a_turn_is_found_on_its_page(place: int, page: int) -> None:
    assert page_with([range(2), range(2, 4)], place) == page
