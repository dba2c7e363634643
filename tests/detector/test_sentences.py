"""Sentences as they are spoken in many meetings: proposals are told from the rest, and their kind is right.

The model has seen them, so this tells what it cannot even remember; what it makes of others is measured elsewhere.
"""

from functools import cache

from tests.detector.texts import found
from tests.texts import ROOT

NONE = "-"


def sentences() -> list[tuple[str, str]]:
    lines = (
        (ROOT / "tracker" / "detector" / "training" / "texts" / "sentences.tsv")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    return [(kind, sentence) for kind, sentence in (line.split("\t", 1) for line in lines)]


@cache
def told(sentence: str) -> str:
    read = found(f"MS OAK: {sentence}")
    return read[0].kind if read else NONE


def test_most_proposals_are_found() -> None:
    spoken = [sentence for kind, sentence in sentences() if kind != NONE]
    missed = [sentence for sentence in spoken if told(sentence) == NONE]
    assert len(missed) <= len(spoken) * 0.24, missed


def test_nearly_nothing_else_is_taken_for_one() -> None:
    spoken = [sentence for kind, sentence in sentences() if kind == NONE]
    taken = [sentence for sentence in spoken if told(sentence) != NONE]
    assert len(taken) <= len(spoken) * 0.08, taken


def test_kinds_are_told_apart() -> None:
    spoken = [(kind, told(sentence), sentence) for kind, sentence in sentences() if kind != NONE]
    wrong = [(kind, as_told, sentence) for kind, as_told, sentence in spoken if as_told not in (kind, NONE)]
    assert len(wrong) <= len(spoken) * 0.08, wrong
