"""What the detector reaches on meetings of our own writing that nothing was tuned on."""

from tests.detector.actions.action_gold import score
from tests.texts import ROOT
from tracker.detector.detect import candidates
from tracker.detector.training.evaluation import Evaluation, Labelled, evaluate
from tracker.detector.training.examples import Document, documents
from tracker.transcripts.reading.turns import turns

GOLD = ROOT / "tests" / "gold"
TO_REACH = 0.65
ACTIONS_TO_REACH = 0.97


def measured(one: Document) -> Evaluation:
    clear = [each for each in candidates(one.text, turns(one.text)) if each.is_clear]
    return evaluate(one.text, one.gold, [Labelled(each.start, each.end, each.kind) for each in clear])


def test_technical_meetings_kept_aside_reach_what_was_asked_for() -> None:
    results = [measured(one) for one in documents(GOLD) if one.name.startswith("technical-")]
    hits = sum(len(one.hits) for one in results)
    wrong = sum(len(one.missed) + len(one.false) for one in results)
    assert len(results) == 4
    assert 2 * hits / (2 * hits + wrong) >= TO_REACH


def test_action_lines_kept_aside_are_told_right_with_owner_and_date() -> None:
    assert score(GOLD / "actions" / "held.txt").f1 >= ACTIONS_TO_REACH
