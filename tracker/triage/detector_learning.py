"""Teaching the detector by what a register's people decided: kept only where it does better on decisions held aside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.detector.model import Scorer, added, serialize, shipped
from tracker.detector.training.train_model import Example, example, judge, own_examples, train
from tracker.errors import Refused
from tracker.history import Actor, leave
from tracker.history_verbs import Verb
from tracker.proposals.models import TrainedDetector
from tracker.triage.decision_examples import Lesson

#: fewer decisions teach nothing that holds
ENOUGH = 30
#: what a decision counts, where a part of the project's own texts counts 1
WEIGHT = 2.0
#: every fifth decision is held aside
ASIDE = 5


@dataclass(frozen=True)
class Learned:
    """What came of it: shares of the decisions held aside that a detector would have foreseen, without and with it."""

    model: str
    decisions: int
    aside: int
    before: float
    after: float

    @property
    def is_better(self) -> bool:
        """Tell whether it does no worse on what it has not seen."""
        return self.after >= self.before


def learn(taught: Sequence[Lesson]) -> Learned:
    """Train on a register's decisions beside the project's own texts; some seconds of work, without a database.

    Raises Refused where there are too few.
    """
    if len(taught) < ENOUGH:
        raise Refused(
            "Only %(count)s passages have been decided: decide at least %(least)s.", count=len(taught), least=ENOUGH
        )
    ground = list(own_examples())
    decided = [example(lesson.words, lesson.before, lesson.kind, WEIGHT) for lesson in taught]
    # A trial without those held aside tells what is gained; what is kept has learned from all.
    aside = decided[::ASIDE]
    trial = _taught([*ground, *(each for place, each in enumerate(decided) if place % ASIDE)])
    return Learned(
        model=serialize(_taught([*ground, *decided])),
        decisions=len(decided),
        aside=len(aside),
        before=_foreseen(shipped(), aside),
        after=_foreseen(trial, aside),
    )


def _taught(ground: Sequence[Example]) -> Scorer:
    """The detector that comes with the project, corrected; it hears the project's texts again, or would forget them."""
    return added(shipped(), train(ground, shipped()))


def _foreseen(scorer: Scorer, decided: Sequence[Example]) -> float:
    foreseen = 0
    for each in map(judge, decided):
        is_proposed = scorer.score(each.names, each.rules) >= 0.5
        # An example without a kind is a passage in which nothing was put forward.
        foreseen += is_proposed == (each.kind is not None)
    return foreseen / len(decided)


def keep(session: Session, body_id: int, learned: Learned, *, by: Actor, now: datetime) -> TrainedDetector:
    """Let the register's next imports be read by what was learned."""
    fresh = TrainedDetector(body_id=body_id, trained_at=now, decisions=0, model="")
    trained = session.get(TrainedDetector, body_id) or fresh
    trained.trained_at = now
    trained.decisions = learned.decisions
    trained.model = learned.model
    session.add(trained)
    after = {"decisions": learned.decisions}
    leave(session, trained, Verb.TRAINED, by=by, now=now, body_id=body_id, after=after)
    return trained


def forget(session: Session, trained: TrainedDetector, *, by: Actor, now: datetime) -> None:
    """Go back to the detector that comes with the project."""
    leave(session, trained, Verb.FORGOTTEN, by=by, now=now, body_id=trained.body_id)
    session.delete(trained)
