"""Labelled texts are read with their passages in the right place."""

from pathlib import Path

import pytest

from tracker.detector.training.examples import document, documents

MARKED = "ANNA: Good morning.\n⟦request@may|Please send the list.⟧ We met in May. ⟦offer?|I can host it.⟧\n"


def test_a_marked_text_loses_its_marks_and_nothing_else() -> None:
    read = document("one", MARKED)
    assert read.text == "ANNA: Good morning.\nPlease send the list. We met in May. I can host it.\n"


def test_passages_stand_where_they_were_marked() -> None:
    read = document("one", MARKED)
    assert [read.text[one.start : one.end] for one in read.gold] == ["Please send the list.", "I can host it."]


def test_kind_milestone_and_doubt_are_read() -> None:
    first, second = document("one", MARKED).gold
    assert (first.kind, first.milestone, first.clear) == ("request", "may", True)
    assert (second.kind, second.milestone, second.clear) == ("offer", None, False)


@pytest.mark.parametrize("bad", ["⟦wish|A boat.⟧", "⟦request|Never closed.", "No opening.⟧", "⟦|No kind.⟧"])
def test_a_bad_mark_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        document("bad", bad)


def test_a_bad_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("⟦wish|A boat.⟧", encoding="utf-8")
    with pytest.raises(ValueError, match=r"bad\.txt: 'wish'"):
        list(documents(tmp_path))


def test_every_example_of_the_project_can_be_read() -> None:
    assert all(read.text for read in documents())
