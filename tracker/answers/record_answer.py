"""An answer as a change of its item, with a receipt that undoes it where nothing newer touched the same thing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.answers.answer_links import LIFE, LinkPurpose
from tracker.answers.choices import VIEWS, AnswerRole, AnswerScope, MailAnswer, answer_scope
from tracker.answers.models import AnswerReceipt
from tracker.answers.undo_ownership_answer import ownerships_before, undo_ownership_answer
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay, Event
from tracker.history_queries import of_subject, wordings
from tracker.history_verbs import Verb
from tracker.items.change_trail import lock
from tracker.items.closing_views import record_closing_view
from tracker.items.lines import person_names
from tracker.items.models import Item, Progress, ProposerView, WaitingKind
from tracker.items.ownership import accept_ownership, decline_request, end_ownership, pass_request_on
from tracker.items.party_models import OwnerState
from tracker.items.status import DOUBTS, is_closed
from tracker.people.models import Person
from tracker.updates.changes import record, revert_update
from tracker.updates.models import Update
from tracker.updates.progress_rules import ProgressStep

UNDO_WITHIN = LIFE[LinkPurpose.UNDO]
PROGRESS = {
    MailAnswer.IN_PROGRESS: Progress.IN_PROGRESS,
    MailAnswer.DONE_IN_PART: Progress.DONE_IN_PART,
    MailAnswer.DONE: Progress.DONE,
    MailAnswer.WAITING: Progress.WAITING,
}
#: which of AnswerDetails stands for a field of the verbs that make the change
FIELDS = {
    "note": "note",
    "message": "note",
    "reason": "waits_for",
    "due_on": "due_on",
    "new_day": "due_on",
    "done": "done",
    "party": "pass_to",
    "pass_to": "pass_to",
}
OF_OWNING = frozenset({MailAnswer.TAKE_IT, MailAnswer.NOT_MINE, MailAnswer.PASS_ON})
#: verbs after which who owns the item no longer stands as an answer left it
OWNING_VERBS = frozenset(
    {
        Verb.OWNERSHIP_REQUESTED, Verb.REQUEST_WITHDRAWN, Verb.OWNERSHIP_ACCEPTED, Verb.OWNERSHIP_DECLINED,
        Verb.OWNERSHIP_PASSED_ON, Verb.OWNERSHIP_ENDED, Verb.ANSWERERS_NAMED, Verb.ANSWER_UNDONE,
    }
)  # fmt: skip


@dataclass(frozen=True)
class AnswerDetails:
    """What belongs to an answer beside the answer itself; what it does not need is left alone."""

    #: of an update the note, else the message; why, where the answer needs a reason
    note: str = ""
    #: for whom or what it waits, in words: everybody who may read the item reads them
    waits_for: str = ""
    waiting_party: int | None = None
    waiting_kind: WaitingKind | None = None
    #: the new day of who needs more time
    due_on: date | None = None
    #: n of m, where it is done in part
    done: int | None = None
    total: int | None = None
    #: the party that a request is passed to
    pass_to: int | None = None


def record_answer(
    session: Session,
    item: Item,
    person: Person | None,
    answer: MailAnswer,
    details: AnswerDetails | None = None,
    *,
    form_key: str,
    scope: AnswerScope | None = None,
    seen_version: int | None = None,
    by: Actor | None = None,
    now: datetime,
    real_now: datetime,
) -> AnswerReceipt:
    """Change the item as the person answers, and return the receipt; the same form sent twice is one answer.

    `form_key` names the form, the mail or the reply that brings it. `by` and `scope` are left out where the person
    answers by mail themselves; a party in which nobody is named has no person. Raises Refused where the answer is not
    theirs to give (any more) or leaves a question open, with the field of AnswerDetails that is at fault; Stale where
    somebody saved the item after `seen_version`.
    """
    lock(session, item)
    number = None
    if person is not None:
        number = person.id
    earlier = receipt_of_form(session, item, number, form_key)
    if earlier is not None:
        return earlier
    lock(session, item, seen_version)
    by = by or Actor(number, ChangeWay.MAIL)
    if scope is None:
        scope = answer_scope(session, item, by.person())
    _refuse_foreign(item, answer, scope)
    before = ownerships_before(session, item)
    last = _newest(session, item)
    try:
        update_id = _apply(session, item, person, answer, details or AnswerDetails(), scope, by, now)
    except Refused as refused:
        raise Refused(refused.message, FIELDS.get(refused.field or ""), **refused.values) from None
    session.flush()
    lines = _lines_after(session, item, last)
    receipt = AnswerReceipt(
        item_id=item.id,
        person_id=number,
        recorded_by=_recorder(by, number),
        answer=answer,
        form_key=form_key,
        first_event=lines[0].id,
        last_event=lines[-1].id,
        update_id=update_id,
        ownerships=_kept_of(answer, before),
        made_at=now,
        undo_until=real_now + UNDO_WITHIN,
    )
    session.add(receipt)
    session.flush()
    return receipt


def _refuse_foreign(item: Item, answer: MailAnswer, scope: AnswerScope) -> None:
    # Words alone are welcome from whoever may answer.
    may_note = answer is MailAnswer.NOTE and scope.role is not None
    if answer not in scope.choices and not may_note:
        raise Refused("This answer no longer applies to item %(number)s. Choose another.", "answer", number=item.number)


def receipt_of_form(session: Session, item: Item, person_id: int | None, form_key: str) -> AnswerReceipt | None:
    """Return the receipt of the answer to the item that this form brought already."""
    same = col(AnswerReceipt.person_id) == person_id, col(AnswerReceipt.form_key) == form_key
    return session.exec(select(AnswerReceipt).where(col(AnswerReceipt.item_id) == item.id, *same)).one_or_none()


def _recorder(by: Actor, answered: int | None) -> int | None:
    if by.person_id == answered:
        return None
    return by.person_id


def _kept_of(answer: MailAnswer, before: dict[str, Any]) -> dict[str, Any]:
    if answer in OF_OWNING:
        return before
    return {}


def _newest(session: Session, item: Item) -> int:
    lines = of_subject(session, item.history_key())
    if lines:
        return lines[-1].id
    return 0


def _lines_after(session: Session, item: Item, number: int) -> list[Event]:
    return [line for line in of_subject(session, item.history_key()) if line.id > number]


def _apply(
    session: Session,
    item: Item,
    person: Person | None,
    answer: MailAnswer,
    details: AnswerDetails,
    scope: AnswerScope,
    by: Actor,
    now: datetime,
) -> int | None:
    """Make the change by the verb that stands for the answer; return the number of the update where it is one."""
    match answer:
        case MailAnswer.IN_PROGRESS | MailAnswer.DONE_IN_PART | MailAnswer.DONE | MailAnswer.WAITING:
            step = _step(PROGRESS[answer], details)
            return record(session, item, person, details.note, progress=step, by=by, now=now).id
        case MailAnswer.NOTE:
            return record(session, item, person, details.note, by=by, now=now).id
        case MailAnswer.MORE_TIME:
            if details.due_on is None:
                raise Refused("Give the day until which you need.", "due_on")
            return record(session, item, person, details.note, new_day=details.due_on, by=by, now=now).id
        case MailAnswer.SATISFIED | MailAnswer.PARTLY | MailAnswer.DISPUTES:
            record_closing_view(
                session, item, VIEWS[answer], party_id=scope.party_id, message=details.note, by=by, now=now
            )
        case _:
            _answer_about_owning(session, answer, details, scope, by, now)
    return None


def _step(progress: Progress, details: AnswerDetails) -> ProgressStep:
    if progress is Progress.DONE_IN_PART:
        return ProgressStep(progress, done=details.done, total=details.total)
    if progress is not Progress.WAITING:
        return ProgressStep(progress)
    return ProgressStep(
        progress,
        reason=details.waits_for,
        waiting_for=details.waiting_party,
        waiting_kind=details.waiting_kind,
    )


def _answer_about_owning(
    session: Session, answer: MailAnswer, details: AnswerDetails, scope: AnswerScope, by: Actor, now: datetime
) -> None:
    ownership = scope.ownership
    assert ownership is not None  # a role of REQUESTED or OWNER has one
    if answer is MailAnswer.TAKE_IT:
        accept_ownership(session, ownership, message=details.note, by=by, now=now)
    elif answer is MailAnswer.PASS_ON:
        if details.pass_to is None:
            raise Refused("Name whom to pass it to.", "pass_to")
        pass_request_on(session, ownership, details.pass_to, message=details.note, by=by, now=now)
    elif scope.role is AnswerRole.REQUESTED:
        decline_request(session, ownership, message=details.note, by=by, now=now)
    else:
        end_ownership(session, ownership, reason=details.note, by=by, now=now)


def undo_answer(
    session: Session, receipt: AnswerReceipt, *, by: Actor | None = None, now: datetime, real_now: datetime
) -> None:
    """Undo the answer; a second call does nothing. `by` is left out where its person undoes it by mail.

    Raises Refused after 72 hours, and where somebody has changed the same thing since: it says who, and when.
    """
    item = session.get_one(Item, receipt.item_id)
    lock(session, item)
    session.refresh(receipt)
    if receipt.undone_at is not None:
        return
    reason = reason_against_undoing(session, item, receipt, real_now=real_now)
    if reason is not None:
        raise reason
    by = by or Actor(receipt.person_id, ChangeWay.MAIL)
    person = session.get_one(Person, by.person())
    lines = _lines_of(session, item, receipt)
    if receipt.update_id is not None:
        revert_update(session, session.get_one(Update, receipt.update_id), person, by=by, now=now)
    elif receipt.answer in OF_OWNING:
        undo_ownership_answer(session, item, receipt.ownerships, lines, by=by, now=now)
    else:
        _restore_view(session, item, lines[0], by, now)
    receipt.undone_at = real_now
    session.add(receipt)


def reason_against_undoing(
    session: Session, item: Item, receipt: AnswerReceipt, *, real_now: datetime
) -> Refused | None:
    """Return why an answer that was not undone yet cannot be undone any more; None while it can."""
    if real_now >= receipt.undo_until:
        day = receipt.undo_until.date()
        return Refused("An answer can be undone for 72 hours: this one until %(day)s. Answer again instead.", day=day)
    if is_closed(item.progress) and any(row["state"] == OwnerState.REQUESTED for row in receipt.ownerships.values()):
        return Refused("The item is closed now, so nobody can be asked to own it again. Undo its closing first.")
    lines = _lines_of(session, item, receipt)
    later = [line for line in _lines_after(session, item, receipt.last_event) if _touches(receipt.answer, lines, line)]
    if not later:
        return None
    day = later[-1].at.date()
    kind, _, number = later[-1].actor.partition(":")
    if kind != "person":
        return Refused("This was changed on %(day)s, after the answer. Look at the item, then answer again.", day=day)
    name = person_names(session, {int(number)}).get(int(number), "")
    return Refused(
        "%(name)s changed this on %(day)s, after the answer. Look at the item, then answer again.", name=name, day=day
    )


def _lines_of(session: Session, item: Item, receipt: AnswerReceipt) -> list[Event]:
    return [line for line in _lines_after(session, item, receipt.first_event - 1) if line.id <= receipt.last_event]


def _restore_view(session: Session, item: Item, line: Event, by: Actor, now: datetime) -> None:
    """Let the party say of the closing what it said before that line; nothing, where those words were erased since."""
    party = line.after.get("party")
    views = [earlier for earlier in of_subject(session, item.history_key()) if _is_view_of(party, earlier)]
    former = next((earlier for earlier in reversed(views) if earlier.id < line.id), None)
    view = line.before.get("said") and ProposerView(line.before["said"])
    message = ""
    if view and former is not None and "message" in former.after:
        message = wordings(session, [former]).get(former.after["message"]["wording"]) or ""
    if view in DOUBTS and not message:
        view = None
    record_closing_view(session, item, view, party_id=party, message=message, by=by, now=now)


def _is_view_of(party: int | None, line: Event) -> bool:
    return line.verb == Verb.PROPOSER_VIEW_RECORDED and line.after.get("party") == party


def _touches(answer: MailAnswer, lines: Sequence[Event], later: Event) -> bool:
    """Tell whether a later line of history changes what the answer with these lines changed."""
    if answer in OF_OWNING:
        return later.verb in OWNING_VERBS
    if answer is MailAnswer.MORE_TIME:
        return later.verb == Verb.DUE_DATE_SET
    if answer in VIEWS:
        return _is_view_of(lines[0].after.get("party"), later) or "progress" in later.before
    return any(line.before.keys() & later.before.keys() for line in lines)
