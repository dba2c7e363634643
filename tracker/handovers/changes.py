"""Handing over what somebody leaves: offered to another, who takes it or not; never imposed.

Until it is taken, everything stays with whoever had it. What is owned passes by the verbs of ownership.py alone.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.errors import Refused, Stale
from tracker.handovers.models import Duty, Handover, HandoverPart, PartingNote
from tracker.handovers.open_duties import BY_REQUEST, OpenDuty, duties_to_offer, state_of
from tracker.history import Actor, Words, leave
from tracker.history_verbs import Verb
from tracker.items import ownership
from tracker.items.change_trail import lock, note_change
from tracker.items.models import Helper, Item, Ownership, OwnerState
from tracker.people.models import Party, Person
from tracker.people.queries import records_of
from tracker.people.register import party_of_person
from tracker.people.terms import set_stewards
from tracker.text import clean_text


def offer_handover(
    session: Session,
    body_id: int,
    successor: Person,
    duties: Sequence[OpenDuty],
    *,
    note: str = "",
    by: Actor,
    now: datetime,
) -> Handover:
    """Offer one person's duties to his successor: those that nobody is being asked to take.

    Raises Refused where none is left to offer, or the two are one.
    """
    free = duties_to_offer(session, body_id, duties)
    if not free:
        raise Refused("All of this is offered already, or there is nothing to hand over.")
    if free[0].person_id == successor.id or not successor.is_active:
        raise Refused("Choose somebody else to come after.", "successor")
    text = clean_text(note) or None
    made = Handover(body_id=body_id, from_id=free[0].person_id, to_id=successor.id, offered_at=now, note=text)
    made.offered_by = by.person_id
    session.add(made)
    session.flush()
    for one in free:
        session.add(_part(session, made, one, successor, by, now))
    after = {"from": made.from_id, "to": made.to_id, "parts": [one.key for one in free]}
    leave(session, made, Verb.OFFERED, by=by, now=now, body_id=body_id, after=after | _words("note", note))
    return made


def _part(session: Session, made: Handover, one: OpenDuty, successor: Person, by: Actor, now: datetime) -> HandoverPart:
    """Return the part of one duty; what is owned, or asked to be, is asked of the successor."""
    request = one.ownership
    if one.duty in BY_REQUEST and one.item and request:
        request = _asked_instead(session, one, request, successor, made.note or "", by, now)
    return HandoverPart(
        handover_id=made.id,
        duty=one.duty,
        item_id=one.item.id if one.item else None,
        party_id=one.party.id if one.party else None,
        ownership_id=request.id if request else None,
    )


def _asked_instead(
    session: Session, one: OpenDuty, request: Ownership, successor: Person, note: str, by: Actor, now: datetime
) -> Ownership:
    item = session.get_one(Item, request.item_id)
    his = party_of_person(session, successor).id
    if one.duty is Duty.OWNS:
        request = ownership.request_to_own(session, item, his, message=note, by=by, now=now)
    elif session.get_one(Party, request.party_id).person_id is not None:
        request = ownership.pass_request_on(session, request, his, message=note, by=by, now=now)
    else:
        ownership.withdraw_request(session, request, by=by, now=now)
        request = ownership.request_to_own(
            session, item, request.party_id, answers_for_id=successor.id, message=note, by=by, now=now
        )
    session.flush()
    return request


def take_duty(session: Session, part: HandoverPart, *, message: str = "", by: Actor, now: datetime) -> None:
    """Take one duty over from now on; raises Refused where it was answered, taken back or settled meanwhile."""
    handover, request = _open(session, part)
    if part.duty in BY_REQUEST and request:
        ownership.accept_ownership(session, request, message=message, by=by, now=now)
    elif part.duty in (Duty.ANSWERS_FOR, Duty.SECONDS) and request:
        _answer_instead(session, part, request, handover, by, now)
    elif part.duty is Duty.HELPS:
        _help_instead(session, session.get_one(Item, part.item_id), handover, by, now)
    elif part.duty is Duty.AWAITED:
        _be_awaited(session, session.get_one(Item, part.item_id), handover, by, now)
    else:
        _be_steward(session, part, handover, by, now)
    _answered(session, part, handover, OwnerState.ACCEPTED, message, by, now)


def decline_duty(session: Session, part: HandoverPart, *, message: str = "", by: Actor, now: datetime) -> None:
    """Leave a duty with whoever has it; the secretariat is to find somebody else."""
    handover, request = _open(session, part)
    if part.duty in BY_REQUEST and request:
        ownership.decline_request(session, request, message=message, by=by, now=now)
    _answered(session, part, handover, OwnerState.DECLINED, message, by, now)


def withdraw_handover(session: Session, handover: Handover, *, by: Actor, now: datetime) -> int:
    """Take back what nobody has answered; return how many duties. Raises Refused where there is none."""
    session.refresh(handover, with_for_update=True)
    parts = [part for part in parts_of(session, handover) if _state(session, part) is OwnerState.REQUESTED]
    if not parts:
        raise Refused("All of this was answered already.")
    for part in parts:
        if part.duty in BY_REQUEST and part.ownership_id:
            ownership.withdraw_request(session, session.get_one(Ownership, part.ownership_id), by=by, now=now)
        part.state = OwnerState.WITHDRAWN
        session.add(part)
    leave(session, handover, Verb.WITHDRAWN, by=by, now=now, body_id=handover.body_id, after={"parts": len(parts)})
    return len(parts)


def write_parting_note(
    session: Session, item: Item, person: Person, text: str, *, seen_version: int, by: Actor, now: datetime
) -> bool:
    """Keep what the person tells whoever comes after him; return False if that is what is there. No text, no note.

    Raises Stale where it was saved since that version; 0 means that there was none.
    """
    found = session.get(PartingNote, (item.id, person.id))
    said = clean_text(text)
    if said == (found.text if found else ""):
        return False
    lock(session, item)
    if (found.version if found else 0) != seen_version:
        raise Stale(
            "The note on item %(number)s was saved since you opened this page. Look at both and save again.",
            number=item.number,
        )
    note = found or PartingNote(item_id=item.id, person_id=person.id, text="", written_at=now, version=0)
    note.text = said
    note.written_at = now
    note.version = note.version + 1
    session.add(note)
    note_change(session, item, Verb.PARTING_NOTE_WRITTEN, by=by, now=now, after=_words("note", said))
    return True


def parts_of(session: Session, handover: Handover) -> list[HandoverPart]:
    """Return the parts of a handover in the order of the items' numbers."""
    mine = select(HandoverPart).outerjoin(Item, col(Item.id) == col(HandoverPart.item_id))
    ordered = mine.order_by(col(Item.number).nulls_last(), col(HandoverPart.id))
    return list(session.exec(ordered.where(col(HandoverPart.handover_id) == handover.id)))


def _open(session: Session, part: HandoverPart) -> tuple[Handover, Ownership | None]:
    """Return the handover, locked, and the request or ownership of a part that nobody has answered."""
    handover = session.get_one(Handover, part.handover_id)
    session.refresh(handover, with_for_update=True)
    session.refresh(part)
    if _state(session, part) is not OwnerState.REQUESTED:
        raise Refused("This was answered or taken back meanwhile.")
    return handover, session.get(Ownership, part.ownership_id) if part.ownership_id else None


def _state(session: Session, part: HandoverPart) -> OwnerState:
    return state_of(part, session.get(Ownership, part.ownership_id) if part.ownership_id else None)


def _answered(
    session: Session, part: HandoverPart, made: Handover, state: OwnerState, message: str, by: Actor, now: datetime
) -> None:
    part.state = state
    part.answered_at = now
    part.answer = clean_text(message) or None
    session.add(part)
    after = {"duty": part.duty, "item": part.item_id, "party": part.party_id, **_words("message", message)}
    verb = Verb.TAKEN if state is OwnerState.ACCEPTED else Verb.DECLINED
    leave(session, made, verb, by=by, now=now, body_id=made.body_id, after=after)


def _answer_instead(
    session: Session, part: HandoverPart, owned: Ownership, made: Handover, by: Actor, now: datetime
) -> None:
    his = set(session.exec(records_of(made.from_id)))
    first = owned.answers_for_id
    second = owned.second_id
    if owned.state is not OwnerState.ACCEPTED or not his & {first, second}:
        raise _settled()
    if part.duty is Duty.ANSWERS_FOR:
        first = made.to_id
        second = None if second == made.to_id else second
    else:
        second = None if first == made.to_id else made.to_id
    ownership.name_answerers(session, owned, first or made.to_id, second, by=by, now=now)


def _help_instead(session: Session, item: Item, made: Handover, by: Actor, now: datetime) -> None:
    helping = select(Helper.person_id).where(
        col(Helper.item_id) == item.id, col(Helper.person_id).in_(records_of(made.from_id))
    )
    former = session.exec(helping).first()
    if former is None:
        raise _settled()
    ownership.remove_helper(session, item, former, by=by, now=now)
    if session.get(Helper, (item.id, made.to_id)) is None:
        ownership.add_helper(session, item, made.to_id, by=by, now=now)


def _be_awaited(session: Session, item: Item, made: Handover, by: Actor, now: datetime) -> None:
    lock(session, item)
    awaited = session.get(Party, item.waiting_for) if item.waiting_for else None
    if awaited is None or awaited.person_id not in set(session.exec(records_of(made.from_id))):
        raise _settled()
    successor = party_of_person(session, session.get_one(Person, made.to_id)).id
    before = {"party": item.waiting_for}
    item.waiting_for = successor
    note_change(session, item, Verb.WAITS_FOR_ANOTHER, by=by, now=now, before=before, after={"party": successor})


def _be_steward(session: Session, part: HandoverPart, made: Handover, by: Actor, now: datetime) -> None:
    party = session.get_one(Party, part.party_id)
    successor = session.get_one(Person, made.to_id)
    held = party.steward_id if part.duty is Duty.STEWARD else party.second_id
    if held not in set(session.exec(records_of(made.from_id))):
        raise _settled()
    beside = party.second_id if part.duty is Duty.STEWARD else party.steward_id
    other = session.get_one(Person, beside) if beside not in (None, made.to_id) else None
    pair = (successor, other) if part.duty is Duty.STEWARD else (other or successor, successor if other else None)
    set_stewards(session, party, *pair, by=by, now=now)


def _settled() -> Refused:
    return Refused("This has been settled another way meanwhile.")


def _words(name: str, message: str) -> dict[str, Any]:
    text = clean_text(message)
    if text:
        return {name: Words(text)}
    return {}
