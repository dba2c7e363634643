"""Changing an item where its line in a file differs from it: one step for each group of columns.

Each step calls the verb that a person's change would. What a file must not rewrite, such as the past, is refused.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

from sqlmodel import col, select

from tracker.clock import day_in
from tracker.errors import Refused
from tracker.exchange.columns import FilePlace, PositionCells, UpdateCells
from tracker.exchange.import_context import Case
from tracker.history_verbs import Verb
from tracker.items.change_trail import note_change
from tracker.items.changes import DueRule, edit, publish, set_due, unpublish
from tracker.items.create import ItemContent
from tracker.items.models import ItemPassage, Progress, SpeakerPart
from tracker.items.ownership import accept_ownership, add_helper, end_ownership, remove_helper, request_to_own
from tracker.items.party_models import Addressee, Ownership, OwnerState, ResponseState
from tracker.items.positions import NewPosition, add_position
from tracker.items.responses import Response, drop_addressee, name_addressee, record_response
from tracker.meetings.models import Visibility
from tracker.transcripts.passages import cite
from tracker.updates.changes import record, standing_changes, standing_of
from tracker.updates.models import Update
from tracker.updates.progress_rules import ProgressStep, apply_step
from tracker.updates.queries import not_taken_back

Change = Callable[[Case], None]
FROM_A_FILE = "From a file."
WORDS = (
    "title", "kind", "text", "theme", "put_forward_by", "reported_of", "capacity", "capacity_of", "channel",
    "reported_by", "condition",
)  # fmt: skip


def _content(case: Case) -> None:
    new = case.new
    if not new.title:
        raise Refused("An item needs a title. Write one.", "title")
    content = ItemContent(
        title=new.title,
        kind=new.kind,
        text=new.text,
        theme=new.theme,
        put_forward_by=case.party_id(new.put_forward_by or new.reported_of, "put_forward_by"),
        capacity=new.capacity,
        capacity_of=new.capacity_of,
        channel=new.channel,
        reported_by=case.person_id(new.reported_by, "reported_by"),
        condition=new.condition,
    )
    is_unnamed = bool(new.reported_of) and new.reported_by is None
    # Only the part of the speaker would change then, which no event tells.
    if is_unnamed and case.current.put_forward_by == new.reported_of:
        raise Refused("Name who reported it, or leave the proposer as it is.", "reported_by")
    part = None
    if is_unnamed:
        part = SpeakerPart.REPORTER
    edit(case.session, case.row, content, seen_version=case.row.version, part=part, by=case.by, now=case.now)


def _due(case: Case) -> None:
    milestone = case.milestone(case.new.milestone)
    rule = DueRule(own_due_on=case.new.due_on)
    if milestone:
        rule = DueRule(milestone_id=milestone.id, offset_days=case.new.offset_days, due_from=case.new.due_from)
    seen = case.row.version
    set_due(case.session, case.row, rule, reason=FROM_A_FILE, seen_version=seen, by=case.by, now=case.now)


def _visibility(case: Case) -> None:
    if case.new.visibility is Visibility.PUBLISHED:
        publish(case.session, case.row, by=case.by, now=case.now)
    else:
        unpublish(case.session, case.row, by=case.by, now=case.now)


def _addressees(case: Case) -> None:
    for slug in case.new.addressed_to:
        if slug not in case.current.addressed_to:
            party = case.party(slug, "addressed_to")
            name_addressee(case.session, case.row, party.id, by=case.by, now=case.now)
    for slug in set(case.current.addressed_to) - set(case.new.addressed_to):
        drop_addressee(case.session, _addressee_row(case, slug), by=case.by, now=case.now)


def _addressee_row(case: Case, slug: str) -> Addressee:
    party = case.party(slug, "addressed_to")
    addressees = select(Addressee).where(col(Addressee.item_id) == case.row.id)
    return case.session.exec(addressees.where(col(Addressee.party_id) == party.id)).one()


def _response(case: Case) -> None:
    """Record the responses of the file, with the file as their source: it does not say who answered and why."""
    before = case.current.responses()
    for slug, state in case.new.responses().items():
        if before.get(slug, ResponseState.NOT_YET_SENT) is state:
            continue
        response = Response(state, FROM_A_FILE, day_in(case.register.timezone, case.now), FROM_A_FILE)
        if state is ResponseState.NOT_YET_SENT:
            response = Response(state)
        record_response(case.session, _addressee_row(case, slug), response, by=case.by, now=case.now)


def _owner(case: Case) -> None:
    if case.new.owner is None:
        ownerships = select(Ownership).where(
            col(Ownership.item_id) == case.row.id, col(Ownership.state) == OwnerState.ACCEPTED
        )
        for ownership in case.session.exec(ownerships):
            end_ownership(case.session, ownership, reason=FROM_A_FILE, by=case.by, now=case.now)
        return
    party = case.party(case.new.owner, "owner")
    request = request_to_own(case.session, case.row, party.id, by=case.by, now=case.now)
    accept_ownership(
        case.session,
        request,
        answers_for_id=party.steward_id,
        second_id=party.second_id,
        by=case.by,
        now=case.now,
    )


def _helpers(case: Case) -> None:
    # Sorted, so that one file always leaves the same history.
    for slug in sorted(set(case.new.helpers) - set(case.current.helpers)):
        person = case.person(slug, "helpers")
        add_helper(case.session, case.row, person.id, by=case.by, now=case.now)
    for slug in sorted(set(case.current.helpers) - set(case.new.helpers)):
        person = case.person(slug, "helpers")
        remove_helper(case.session, case.row, person.id, by=case.by, now=case.now)


def _passages(case: Case) -> None:
    if set(case.current.passages) - set(case.new.passages):
        raise Refused("A file cannot remove passages of an item. Leave them in their cell.", "passages")
    for place in case.new.passages:
        passage = _cited(case, place)
        if case.session.get(ItemPassage, (case.row.id, passage)) is None:
            case.session.add(ItemPassage(item_id=case.row.id, passage_id=passage))
    after = {"passages": len(case.new.passages)}
    note_change(case.session, case.row, Verb.PASSAGES_CITED, by=case.by, now=case.now, after=after)


def _cited(case: Case, place: FilePlace) -> int:
    return cite(case.session, place.sha256, place.start, place.end).id


def _positions(case: Case) -> None:
    # What somebody said in the room is not unsaid by a spreadsheet in which a cell is missing.
    if any(position not in case.new.positions for position in case.current.positions):
        raise Refused("A file cannot remove positions. Remove them on the page of the item.", "positions")
    for position in case.new.positions:
        if position not in case.current.positions:
            add_position(case.session, case.row, _new_position(case, position), by=case.by, now=case.now)


def _new_position(case: Case, position: PositionCells) -> NewPosition:
    passage_id = None
    if position.passage:
        passage_id = _cited(case, position.passage)
    return NewPosition(
        party_id=case.party(position.party, "positions").id,
        stance=position.stance,
        condition=position.condition,
        capacity=position.capacity,
        capacity_of=position.capacity_of,
        channel=position.channel,
        reported_by=case.person_id(position.reported_by, "positions"),
        passage_id=passage_id,
    )


def _updates(case: Case) -> None:
    """Add the notes of the file as they were written, and the progress that the last of them reports."""
    if any(update not in case.new.updates for update in case.current.updates):
        raise Refused("A file cannot remove updates. Leave them in their line.", "updates")
    undone = _undone_updates(case)
    new_notes = [
        note
        for note in case.new.updates
        if note not in case.current.updates and (note.on, note.note, note.progress) not in undone
    ]
    if not new_notes:
        return
    before = standing_of(case.row)
    updates = [_add_update(case, note) for note in new_notes]
    # The event names the updates by their ids.
    case.session.flush()
    former, new = standing_changes(before, standing_of(case.row))
    after = {**new, "updates": len(updates), "brought": [update.id for update in updates]}
    note_change(case.session, case.row, Verb.NOTES_IMPORTED, by=case.by, now=case.now, before=former, after=after)


def _add_update(case: Case, note: UpdateCells) -> Update:
    update = Update(
        item_id=case.row.id,
        author_id=case.person_id(note.by, "updates"),
        # A file knows the day, not the hour: at noon it is the same day in nearly every zone.
        made_at=case.noon(note.on),
        note=note.note,
        progress=note.progress,
    )
    case.session.add(update)
    if note.progress is not None:
        # The note is internal, but everybody who may read the item reads the reason: so the note is not the reason.
        apply_step(case.row, ProgressStep(note.progress, reason=FROM_A_FILE, waiting_kind=case.new.waiting_kind))
    return update


def _undone_updates(case: Case) -> set[tuple[date, str, Progress | None]]:
    """Return the day, note and progress of updates that were undone since the file was written: they stay undone."""
    updates = case.session.exec(select(Update).where(col(Update.item_id) == case.row.id, ~not_taken_back()))
    return {(day_in(case.register.timezone, update.made_at), update.note, update.progress) for update in updates}


def _progress(case: Case) -> None:
    """Record the progress of the line, unless its notes have led there already."""
    waiting_kind = None
    if case.new.progress is Progress.WAITING:
        waiting_kind = case.new.waiting_kind
    if case.row.progress is not case.new.progress:
        step = ProgressStep(case.new.progress, reason=FROM_A_FILE, waiting_kind=waiting_kind)
        record(case.session, case.row, None, FROM_A_FILE, progress=step, by=case.by, now=case.now)
    # The same progress, but another kind of waiting: the reason that stands stays.
    elif case.row.waiting_kind is not waiting_kind:
        reason = case.row.progress_reason or FROM_A_FILE
        step = ProgressStep(Progress.WAITING, reason, case.row.waiting_for, waiting_kind=waiting_kind)
        record(case.session, case.row, None, FROM_A_FILE, progress=step, by=case.by, now=case.now)


def _refuse(column: str, _case: Case) -> None:
    raise Refused("This column cannot be changed by a file. Leave the cell as it is.", column)


#: in this order: an addressee is named before its response, and notes come before the progress that they report
STEPS: tuple[tuple[tuple[str, ...], Change], ...] = (
    (("created_on",), partial(_refuse, "created_on")),
    (("promised_on",), partial(_refuse, "promised_on")),
    (("proposers_view",), partial(_refuse, "proposers_view")),
    (WORDS, _content),
    (("milestone", "offset_days", "due_from", "due_on"), _due),
    (("visibility",), _visibility),
    (("addressed_to",), _addressees),
    (("response",), _response),
    (("owner",), _owner),
    (("helpers",), _helpers),
    (("passages",), _passages),
    (("positions",), _positions),
    (("updates",), _updates),
    (("progress", "waiting_kind"), _progress),
)
