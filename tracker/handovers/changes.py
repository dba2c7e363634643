"""Handing over the duties of somebody who leaves: offered to a successor, who takes or declines each of them.

Until a duty is taken it stays with whoever had it. Ownership passes only by the requests of items/ownership.py.
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
from tracker.items.models import Item
from tracker.items.party_models import Helper, Ownership, OwnerState
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
    """Offer the duties of one person to a successor, except those that are offered or requested already.

    Raises Refused where no duty is left to offer, and for a successor who is the same person or is not active.
    """
    free_duties = duties_to_offer(session, body_id, duties)
    if not free_duties:
        raise Refused("These duties are offered already, or there is nothing to hand over.")
    leaver_id = free_duties[0].person_id
    if leaver_id == successor.id or not successor.is_active:
        raise Refused("Choose somebody else as successor.", "successor")
    handover = Handover(
        body_id=body_id,
        from_id=leaver_id,
        to_id=successor.id,
        offered_by=by.person_id,
        offered_at=now,
        note=clean_text(note) or None,
    )
    session.add(handover)
    # The parts below refer to the handover by its id.
    session.flush()
    for duty in free_duties:
        session.add(_part(session, handover, duty, successor, by, now))
    after = {"from": leaver_id, "to": successor.id, "parts": [duty.key for duty in free_duties]}
    leave(session, handover, Verb.OFFERED, by=by, now=now, body_id=body_id, after=after | _words("note", note))
    return handover


def _part(
    session: Session, handover: Handover, duty: OpenDuty, successor: Person, by: Actor, now: datetime
) -> HandoverPart:
    """Return the part for one duty. For an ownership, or a request to own, the successor is asked to own the item."""
    part = HandoverPart(handover_id=handover.id, duty=duty.duty)
    request = duty.ownership
    if duty.item:
        part.item_id = duty.item.id
        if duty.duty in BY_REQUEST and request:
            request = _request_of_successor(session, duty, request, successor, handover.note or "", by, now)
    if duty.party:
        part.party_id = duty.party.id
    if request:
        part.ownership_id = request.id
    return part


def _request_of_successor(
    session: Session, duty: OpenDuty, request: Ownership, successor: Person, note: str, by: Actor, now: datetime
) -> Ownership:
    item = session.get_one(Item, request.item_id)
    party_id = party_of_person(session, successor).id
    # What they own stays theirs until the successor accepts, so this is a new request and no change of owner.
    if duty.duty is Duty.OWNS:
        request = ownership.request_to_own(session, item, party_id, message=note, by=by, now=now)
    elif session.get_one(Party, request.party_id).person_id is not None:
        request = ownership.pass_request_on(session, request, party_id, message=note, by=by, now=now)
    else:
        # The request is of a body or a class, for which the successor is to answer.
        ownership.withdraw_request(session, request, by=by, now=now)
        request = ownership.request_to_own(
            session, item, request.party_id, answers_for_id=successor.id, message=note, by=by, now=now
        )
    session.flush()
    return request


def take_duty(session: Session, part: HandoverPart, *, message: str = "", by: Actor, now: datetime) -> None:
    """Take a duty over. Raises Refused where it was answered or withdrawn meanwhile, or is no longer the leaver's."""
    handover, request = _open_part(session, part)
    if part.duty in BY_REQUEST and request:
        ownership.accept_ownership(session, request, message=message, by=by, now=now)
    elif part.duty in (Duty.ANSWERS_FOR, Duty.SECONDS) and request:
        _replace_answerer(session, part, request, handover, by, now)
    elif part.duty is Duty.HELPS:
        _replace_helper(session, session.get_one(Item, part.item_id), handover, by, now)
    elif part.duty is Duty.AWAITED:
        _replace_awaited(session, session.get_one(Item, part.item_id), handover, by, now)
    else:
        _replace_steward(session, part, handover, by, now)
    _record_answer(session, part, handover, OwnerState.ACCEPTED, message, by, now)


def decline_duty(session: Session, part: HandoverPart, *, message: str = "", by: Actor, now: datetime) -> None:
    """Decline a duty. It stays with whoever has it, and the secretariat looks for somebody else."""
    handover, request = _open_part(session, part)
    if part.duty in BY_REQUEST and request:
        ownership.decline_request(session, request, message=message, by=by, now=now)
    _record_answer(session, part, handover, OwnerState.DECLINED, message, by, now)


def withdraw_handover(session: Session, handover: Handover, *, by: Actor, now: datetime) -> int:
    """Withdraw the duties that nobody has answered; return how many. Raises Refused where there is none."""
    session.refresh(handover, with_for_update=True)
    parts = [part for part in parts_of(session, handover) if _state(session, part) is OwnerState.REQUESTED]
    if not parts:
        raise Refused("All of these duties were answered already.")
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
    """Write what the person tells their successor about the item; return False where it says so already.

    Raises Stale where the note was saved after `seen_version`; 0 stands for no note yet.
    """
    note = session.get(PartingNote, (item.id, person.id))
    if note is None:
        note = PartingNote(item_id=item.id, person_id=person.id, text="", written_at=now, version=0)
    text = clean_text(text)
    if text == note.text:
        return False
    # Two tabs of one person may save at once: the second must see what the first has saved.
    lock(session, item)
    if note.version != seen_version:
        raise Stale(
            "The note on item %(number)s was saved since you opened this page. Look at both and save again.",
            number=item.number,
        )
    note.text = text
    note.written_at = now
    note.version += 1
    session.add(note)
    note_change(session, item, Verb.PARTING_NOTE_WRITTEN, by=by, now=now, after=_words("note", text))
    return True


def parts_of(session: Session, handover: Handover) -> list[HandoverPart]:
    """Return the parts of a handover in the order of the items' numbers."""
    parts = (
        select(HandoverPart)
        .outerjoin(Item, col(Item.id) == col(HandoverPart.item_id))
        .where(col(HandoverPart.handover_id) == handover.id)
        .order_by(col(Item.number).nulls_last(), col(HandoverPart.id))
    )
    return list(session.exec(parts))


def _open_part(session: Session, part: HandoverPart) -> tuple[Handover, Ownership | None]:
    """Lock the handover of an unanswered part; return it and the part's request or ownership, if it has one."""
    handover = session.get_one(Handover, part.handover_id)
    session.refresh(handover, with_for_update=True)
    session.refresh(part)
    if _state(session, part) is not OwnerState.REQUESTED:
        raise Refused("This duty was answered or withdrawn meanwhile.")
    return handover, _request_of(session, part)


def _state(session: Session, part: HandoverPart) -> OwnerState:
    return state_of(part, _request_of(session, part))


def _request_of(session: Session, part: HandoverPart) -> Ownership | None:
    if part.ownership_id is None:
        return None
    return session.get(Ownership, part.ownership_id)


def _record_answer(
    session: Session, part: HandoverPart, handover: Handover, state: OwnerState, message: str, by: Actor, now: datetime
) -> None:
    part.state = state
    part.answered_at = now
    part.answer = clean_text(message) or None
    session.add(part)
    after = {"duty": part.duty, "item": part.item_id, "party": part.party_id, **_words("message", message)}
    verb = Verb.DECLINED
    if state is OwnerState.ACCEPTED:
        verb = Verb.TAKEN
    leave(session, handover, verb, by=by, now=now, body_id=handover.body_id, after=after)


def _replace_answerer(
    session: Session, part: HandoverPart, owned: Ownership, handover: Handover, by: Actor, now: datetime
) -> None:
    """Make the successor the person who answers for the ownership, or their second, in place of the leaver."""
    # Only one of the two places passes on; the other keeps its person.
    answers_for = owned.answers_for_id
    second = owned.second_id
    # Somebody may have named another person on the item while the offer waited.
    if owned.state is not OwnerState.ACCEPTED or not _records(session, handover) & {answers_for, second}:
        raise _settled()
    if part.duty is Duty.ANSWERS_FOR:
        answers_for = handover.to_id
    else:
        second = handover.to_id
    if second == answers_for:
        # Nobody is their own second.
        second = None
    ownership.name_answerers(session, owned, answers_for or handover.to_id, second, by=by, now=now)


def _replace_helper(session: Session, item: Item, handover: Handover, by: Actor, now: datetime) -> None:
    helpers = select(Helper.person_id).where(
        col(Helper.item_id) == item.id, col(Helper.person_id).in_(records_of(handover.from_id))
    )
    former = session.exec(helpers).first()
    if former is None:
        raise _settled()
    ownership.remove_helper(session, item, former, by=by, now=now)
    # The successor may help with this item already.
    if session.get(Helper, (item.id, handover.to_id)) is None:
        ownership.add_helper(session, item, handover.to_id, by=by, now=now)


def _replace_awaited(session: Session, item: Item, handover: Handover, by: Actor, now: datetime) -> None:
    # Whoever reports progress meanwhile changes what the item waits for.
    lock(session, item)
    awaited = None
    if item.waiting_for:
        awaited = session.get(Party, item.waiting_for)
    if awaited is None or awaited.person_id not in _records(session, handover):
        raise _settled()
    before = {"party": item.waiting_for}
    item.waiting_for = party_of_person(session, session.get_one(Person, handover.to_id)).id
    after = {"party": item.waiting_for}
    note_change(session, item, Verb.WAITS_FOR_ANOTHER, by=by, now=now, before=before, after=after)


def _replace_steward(session: Session, part: HandoverPart, handover: Handover, by: Actor, now: datetime) -> None:
    """Make the successor the steward of the body or class, or its second, in place of the leaver."""
    party = session.get_one(Party, part.party_id)
    former = party.second_id
    other_id = party.steward_id
    if part.duty is Duty.STEWARD:
        former = party.steward_id
        other_id = party.second_id
    if former not in _records(session, handover):
        raise _settled()
    successor = session.get_one(Person, handover.to_id)
    if other_id in (None, successor.id):
        # Nobody is their own second, and a second without a steward is the steward.
        set_stewards(session, party, successor, None, by=by, now=now)
        return
    other = session.get_one(Person, other_id)
    if part.duty is Duty.STEWARD:
        set_stewards(session, party, successor, other, by=by, now=now)
    else:
        set_stewards(session, party, other, successor, by=by, now=now)


def _records(session: Session, handover: Handover) -> set[int | None]:
    """Return the ids of the leaver's records, merged ones too."""
    return set(session.exec(records_of(handover.from_id)))


def _settled() -> Refused:
    return Refused("This duty was settled in another way meanwhile.")


def _words(name: str, message: str) -> dict[str, Any]:
    text = clean_text(message)
    if text:
        return {name: Words(text)}
    return {}
