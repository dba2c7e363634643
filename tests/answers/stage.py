"""An item of the Library Board and the people who may answer it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlmodel import Session

from tests.factories import (
    NOW,
    made,
    make_item,
    make_ownership,
    make_person,
    make_register,
    make_term,
    party_id_of,
    party_of,
)
from tracker.answers.choices import MailAnswer
from tracker.answers.models import AnswerReceipt
from tracker.answers.record_answer import AnswerDetails, record_answer, undo_answer
from tracker.items.models import Item, Progress
from tracker.items.party_models import Ownership, OwnerState
from tracker.people.models import Body, Person

#: the real clock, which runs years ahead of the installation's
REAL = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
#: the day first set for the item, before it was due today
FIRST_DAY = NOW.date() - timedelta(days=3)
SECRET = "a test's own"
ANSWERS_OF: dict[str, tuple[str, ...]] = {
    "owner": ("in-progress", "done-in-part", "done", "waiting", "more-time", "not-mine"),
    "requested": ("take-it", "not-mine", "pass-on"),
    "proposer": ("satisfied", "partly", "disputes"),
}


@dataclass
class AnswerStage:
    """The rows, and short ways to answer and undo."""

    session: Session
    board: Body
    ana: Person
    ben: Person
    item: Item
    keys: Iterator[int] = field(default_factory=count)

    def owned_by(self, person: Person, state: OwnerState = OwnerState.ACCEPTED) -> Ownership:
        """Let the person own the item, or be requested to."""
        return make_ownership(self.session, self.item, party_of(self.session, person), state=state)

    def let(self, person: Person, role: str) -> None:
        """Let the person be owner, requested to own, or the proposer of what is done."""
        if role == "proposer":
            self.item.put_forward_by = party_id_of(self.session, person)
            self.item.progress = Progress.DONE
            made(self.session, self.item)
        else:
            self.owned_by(person, {"owner": OwnerState.ACCEPTED, "requested": OwnerState.REQUESTED}[role])
        self.session.commit()

    def details(self, answer: str) -> AnswerDetails:
        """Return what the answer needs."""
        day = NOW.date() + timedelta(days=40)
        ben = party_id_of(self.session, self.ben)
        return AnswerDetails("The index is missing", waits_for="the printer", due_on=day, done=3, total=6, pass_to=ben)

    def answer(self, person: Person, answer: str, **values: Any) -> AnswerReceipt:
        """Record the answer, by default one of its own form."""
        values.setdefault("form_key", f"form {next(self.keys)}")
        values.setdefault("details", self.details(answer))
        moments = {"now": NOW, "real_now": REAL}
        return record_answer(self.session, self.item, person, MailAnswer(answer), **(moments | values))

    def undo(self, receipt: AnswerReceipt, after: timedelta = timedelta(hours=1)) -> None:
        """Undo it so long after it was given."""
        undo_answer(self.session, receipt, now=NOW + after, real_now=REAL + after)


def make_answer_stage(session: Session) -> AnswerStage:
    """The Board with Ana and Ben, and an item that nobody owns."""
    board = make_register(session)
    ana = make_person(session)
    ben = make_person(session, "Ben Ng")
    for person in (ana, ben):
        make_term(session, person, board)
    item = make_item(session, board, own_due_on=NOW.date(), promised_on=FIRST_DAY)
    stage = AnswerStage(session, board, ana, ben, item)
    session.commit()
    return stage
