"""What changes on an item where the line of a file differs from it: one step for each group of columns.

Each goes through the verb that a person's change would; what happened once and cannot have been otherwise is refused.
"""

from collections.abc import Callable
from datetime import date

from sqlmodel import col, select

from tracker.clock import day_in
from tracker.errors import Refused
from tracker.exchange.columns import FilePlace, PositionCells
from tracker.exchange.import_context import Case
from tracker.history_verbs import Verb
from tracker.items.change_trail import note_change
from tracker.items.changes import DueRule, ItemContent, edit, publish, set_due, unpublish
from tracker.items.models import Addressee, ItemPassage, Ownership, OwnerState, Progress, ResponseState
from tracker.items.ownership import accept_ownership, add_helper, end_ownership, remove_helper, request_to_own
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
    "title", "kind", "text", "theme", "put_forward_by", "capacity", "capacity_of", "channel", "reported_by",
    "condition",
)  # fmt: skip


def _content(case: Case) -> None:
    """Give the item the words of the line; what is no column of a table is kept unless the line says it."""
    came = case.came
    if not came.title:
        raise Refused("An item needs a title. Write one.", "title")
    content = ItemContent(
        title=came.title,
        kind=came.kind,
        text=came.text,
        theme=came.theme,
        put_forward_by=case.party(came.put_forward_by, "put_forward_by").id if came.put_forward_by else None,
        capacity=came.capacity,
        capacity_of=came.capacity_of,
        channel=came.channel,
        reported_by=case.person(came.reported_by, "reported_by").id if came.reported_by else None,
        condition=came.condition,
    )
    edit(case.session, case.row, content, seen_version=case.row.version, by=case.by, now=case.now)


def _due(case: Case) -> None:
    milestone = case.milestone(case.came.milestone)
    rule = (
        DueRule(milestone_id=milestone.id, offset_days=case.came.offset_days)
        if milestone
        else DueRule(case.came.due_on)
    )
    seen = case.row.version
    set_due(case.session, case.row, rule, reason=FROM_A_FILE, seen_version=seen, by=case.by, now=case.now)


def _visibility(case: Case) -> None:
    show = publish if case.came.visibility is Visibility.PUBLISHED else unpublish
    show(case.session, case.row, by=case.by, now=case.now)


def _addressees(case: Case) -> None:
    for slug in case.came.addressed_to:
        if slug not in case.there.addressed_to:
            number = case.party(slug, "addressed_to").id
            name_addressee(case.session, case.row, number, by=case.by, now=case.now)
    for slug in set(case.there.addressed_to) - set(case.came.addressed_to):
        drop_addressee(case.session, _addressee_row(case, slug), by=case.by, now=case.now)


def _addressee_row(case: Case, slug: str) -> Addressee:
    wanted = col(Addressee.item_id) == case.row.id, col(Addressee.party_id) == case.party(slug, "addressed_to").id
    return case.session.exec(select(Addressee).where(*wanted)).one()


def _response(case: Case) -> None:
    """Record what the file says was answered, and that it was the file that said it."""
    before = case.there.responses()
    for slug, state in case.came.responses().items():
        if before.get(slug, ResponseState.NOT_YET_SENT) is state:
            continue
        response = Response(state, FROM_A_FILE, day_in(case.register.timezone, case.now), FROM_A_FILE)
        if state is ResponseState.NOT_YET_SENT:
            response = Response(state)
        record_response(case.session, _addressee_row(case, slug), response, by=case.by, now=case.now)


def _owner(case: Case) -> None:
    if case.came.owner is None:
        wanted = col(Ownership.item_id) == case.row.id, col(Ownership.state) == OwnerState.ACCEPTED
        for ownership in case.session.exec(select(Ownership).where(*wanted)):
            end_ownership(case.session, ownership, reason=FROM_A_FILE, by=case.by, now=case.now)
        return
    party = case.party(case.came.owner, "owner")
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
    for slug in sorted(set(case.came.helpers) - set(case.there.helpers)):
        number = case.person(slug, "helpers").id
        add_helper(case.session, case.row, number, by=case.by, now=case.now)
    for slug in sorted(set(case.there.helpers) - set(case.came.helpers)):
        number = case.person(slug, "helpers").id
        remove_helper(case.session, case.row, number, by=case.by, now=case.now)


def _passages(case: Case) -> None:
    if set(case.there.passages) - set(case.came.passages):
        raise Refused("An item keeps the passages it was made of. Leave them in their cell.", "passages")
    for place in case.came.passages:
        passage = _cited(case, place)
        if case.session.get(ItemPassage, (case.row.id, passage)) is None:
            case.session.add(ItemPassage(item_id=case.row.id, passage_id=passage))
    told = {"passages": len(case.came.passages)}
    note_change(case.session, case.row, Verb.PASSAGES_CITED, by=case.by, now=case.now, after=told)


def _cited(case: Case, place: FilePlace) -> int:
    return cite(case.session, place.sha256, place.start, place.end).id


def _positions(case: Case) -> None:
    if any(position not in case.came.positions for position in case.there.positions):
        raise Refused(
            "An item keeps the positions that were taken. Remove one on the page of the item instead.", "positions"
        )
    for position in case.came.positions:
        if position not in case.there.positions:
            add_position(case.session, case.row, _stand(case, position), by=case.by, now=case.now)


def _stand(case: Case, position: PositionCells) -> NewPosition:
    reporter = case.person(position.reported_by, "positions").id if position.reported_by else None
    return NewPosition(
        party_id=case.party(position.party, "positions").id,
        stance=position.stance,
        condition=position.condition,
        capacity=position.capacity,
        capacity_of=position.capacity_of,
        channel=position.channel,
        reported_by=reporter,
        passage_id=_cited(case, position.passage) if position.passage else None,
    )


def _updates(case: Case) -> None:
    """Keep the notes of a file as they were written, and let the item stand where the last of them left it."""
    if any(update not in case.came.updates for update in case.there.updates):
        raise Refused("An item keeps the updates that were written. Leave them in their line.", "updates")
    gone = _taken_back(case)
    new = [update for update in case.came.updates if update not in case.there.updates]
    fresh = [update for update in new if (update.on, update.note, update.progress) not in gone]
    if not fresh:
        return
    before = standing_of(case.row)
    brought = []
    for told in fresh:
        author = case.person(told.by, "updates") if told.by else None
        update = Update(item_id=case.row.id, made_at=case.noon(told.on), note=told.note, progress=told.progress)
        update.author_id = author.id if author else None
        case.session.add(update)
        brought.append(update)
        if told.progress is not None:
            # the note is internal, a reason is not
            apply_step(case.row, ProgressStep(told.progress, reason=FROM_A_FILE, waiting_kind=case.came.waiting_kind))
    case.session.flush()
    was, stands = standing_changes(before, standing_of(case.row))
    after = {**stands, "updates": len(fresh), "brought": [update.id for update in brought]}
    note_change(case.session, case.row, Verb.NOTES_IMPORTED, by=case.by, now=case.now, before=was, after=after)


def _taken_back(case: Case) -> set[tuple[date, str, Progress | None]]:
    """Return the days, words and progress of what was taken back since the file was written: it stays so."""
    gone = case.session.exec(select(Update).where(col(Update.item_id) == case.row.id, ~not_taken_back()))
    return {(day_in(case.register.timezone, one.made_at), one.note, one.progress) for one in gone}


def _progress(case: Case) -> None:
    """Report the progress of the line, unless its notes have led there already."""
    waits = case.came.waiting_kind if case.came.progress is Progress.WAITING else None
    if case.row.progress is not case.came.progress:
        step = ProgressStep(case.came.progress, reason=FROM_A_FILE, waiting_kind=waits)
        record(case.session, case.row, None, FROM_A_FILE, progress=step, by=case.by, now=case.now)
    elif case.row.waiting_kind is not waits:
        reason = case.row.progress_reason or FROM_A_FILE
        step = ProgressStep(Progress.WAITING, reason, case.row.waiting_for, waiting_kind=waits)
        record(case.session, case.row, None, FROM_A_FILE, progress=step, by=case.by, now=case.now)


def _refuse(column: str) -> Change:
    def refuse(_case: Case) -> None:
        raise Refused("This column cannot be changed by a file. Leave the cell as it is.", column)

    return refuse


#: in this order: a party is asked before it answers, notes come before the progress they led to
STEPS: tuple[tuple[tuple[str, ...], Change], ...] = (
    (("created_on",), _refuse("created_on")),
    (("promised_on",), _refuse("promised_on")),
    (("proposers_view",), _refuse("proposers_view")),
    (WORDS, _content),
    (("milestone", "offset_days", "due_on"), _due),
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
