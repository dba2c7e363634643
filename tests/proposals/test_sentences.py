"""Sentences as they are spoken in many meetings: proposals are told from the rest, and their kind is right."""

from tests.texts import ROOT
from tracker.proposals.weighing import weigh

NONE = "-"


def sentences() -> list[tuple[str, str]]:
    lines = (ROOT / "tracker" / "proposals" / "examples" / "sentences.tsv").read_text(encoding="utf-8").splitlines()
    return [(kind, sentence) for kind, sentence in (line.split("\t", 1) for line in lines)]


def told(sentence: str) -> str:
    weight = weigh(sentence.lower())
    return weight.kind if weight.score >= 0.5 else NONE


def test_nearly_every_proposal_is_found() -> None:
    spoken = [sentence for kind, sentence in sentences() if kind != NONE]
    missed = [sentence for sentence in spoken if told(sentence) == NONE]
    assert len(missed) <= len(spoken) * 0.12, missed


def test_nearly_nothing_else_is_taken_for_one() -> None:
    spoken = [sentence for kind, sentence in sentences() if kind == NONE]
    taken = [sentence for sentence in spoken if told(sentence) != NONE]
    assert len(taken) <= len(spoken) * 0.05, taken


def test_kinds_are_told_apart() -> None:
    found = [(kind, told(sentence), sentence) for kind, sentence in sentences() if kind != NONE]
    wrong = [(kind, as_told, sentence) for kind, as_told, sentence in found if as_told not in (kind, NONE)]
    assert len(wrong) <= 2, wrong
