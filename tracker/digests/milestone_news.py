"""What happened to the milestones of a reader's registers: moved, cancelled, reinstated, a series renamed."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.digests.body_parts import MeetingNews, MilestoneNews, MovedMilestone, Register
from tracker.digests.event_windows import Window
from tracker.history import Event
from tracker.history_queries import key_number, wordings
from tracker.history_verbs import Verb
from tracker.items.lines import person_names
from tracker.items.models import Item
from tracker.items.status import OPEN
from tracker.mail.compose_email import one_line
from tracker.mail.markdown import plain
from tracker.meetings.models import Milestone, Series

VERBS = (Verb.MOVED, Verb.CANCELLED, Verb.REINSTATED, Verb.RENAMED)
#: verbs of milestones and series that no digest tells, and why
OF_THE_AGENDA = "the agenda is read on the page of the milestone"
UNTOLD: dict[Verb, str] = {
    Verb.ADDED: "a new milestone moves nobody's due date",
    Verb.ENDED: "the cancelled meetings of the series are told",
    Verb.REMOVED: "there is nothing left to point to",
    Verb.WORDS_ERASED: "an erasure is nobody's news",
    **dict.fromkeys(
        (Verb.PUT_ON_THE_AGENDA, Verb.TAKEN_OFF_THE_AGENDA, Verb.AGENDA_ORDERED, Verb.AGENDA_PUBLISHED,
         Verb.AGENDA_WITHDRAWN, Verb.NOTE_FOR_THE_CHAIR, Verb.OUTCOME_NOTED), OF_THE_AGENDA),
}  # fmt: skip
Told = tuple[tuple[MovedMilestone, ...], tuple[MilestoneNews, ...]]


def milestones_told(
    session: Session,
    register_ids: Collection[int],
    window: Window,
    bodies: Mapping[int, Register],
    owed: frozenset[int],
) -> Told:
    """Return what has changed since the start of that time, with the reader's items that are due there."""
    events = _events(session, register_ids, window)
    if not events:
        return (), ()
    ids = {key_number(key) for key in events if key.startswith("milestone:")}
    rows = session.exec(select(Milestone).where(col(Milestone.id).in_(ids)).order_by(col(Milestone.starts_on))).all()
    tied = _tied(session, ids, owed)
    texts = _texts(session, [event for of_subject in events.values() for event in of_subject])
    moved = tuple(_moved(rows, events, bodies, tied, texts))
    turned = [*_turned(rows, events, bodies, tied, texts), *_renamed(session, events, bodies)]
    return moved, tuple(turned)


def _events(session: Session, register_ids: Collection[int], window: Window) -> dict[str, list[Event]]:
    """Return what happened to milestones and series of these registers, by subject, oldest first."""
    parameters = {**window.values, "registers": list(register_ids)}
    by_subject: dict[str, list[Event]] = defaultdict(list)
    for event in session.exec(_HAPPENED.where(window.happened), params=parameters):
        by_subject[event.subject].append(event)
    return by_subject


_HAPPENED = (
    select(Event)
    .where(col(Event.verb).in_(VERBS))
    .where(sa.or_(col(Event.subject).startswith("milestone:"), col(Event.subject).startswith("series:")))
    .where(col(Event.body_id).in_(sa.bindparam("registers", expanding=True)))
    .order_by(col(Event.id))
)


@dataclass(frozen=True)
class EventTexts:
    """What the numbers in events stand for: reasons that were given, and people."""

    words: Mapping[int, str | None]
    people: Mapping[str, str]

    def reason(self, event: Event) -> str | None:
        """Return the reason given with an event; None where there is none, or it is erased."""
        reason = event.after.get("reason")
        text = reason and self.words.get(reason["wording"])
        if text:
            return one_line(plain(text))
        return None

    def who(self, event: Event) -> str | None:
        """Return the name of the person whose act it was."""
        return self.people.get(event.actor)


def _texts(session: Session, events: Sequence[Event]) -> EventTexts:
    actors = {event.actor for event in events if event.actor.startswith("person:")}
    names = person_names(session, {key_number(actor) for actor in actors})
    people = {f"person:{number}": name for number, name in names.items()}
    return EventTexts(wordings(session, list(events)), people)


def _first(events: Sequence[Event], name: str) -> Any:
    """Return what that was before the first of these lines that changed it."""
    return next((event.before[name] for event in events if name in event.before), None)


def _moved(
    rows: Sequence[Milestone],
    events: Mapping[str, Sequence[Event]],
    bodies: Mapping[int, Register],
    tied: Mapping[int, tuple[int, ...]],
    texts: EventTexts,
) -> Iterator[MovedMilestone]:
    for row in rows:
        moves = [event for event in events[row.history_key()] if event.verb == Verb.MOVED]
        first = _first(moves, "starts_on")
        if first and date.fromisoformat(first) != row.starts_on and not row.is_cancelled:
            yield MovedMilestone(
                row.title,
                bodies[row.body_id],
                before=date.fromisoformat(first),
                after=row.starts_on,
                is_tentative=row.tentative,
                items=tied.get(row.id, ()),
                reason=texts.reason(moves[-1]),
                who=texts.who(moves[-1]),
            )


def _turned(
    rows: Sequence[Milestone],
    events: Mapping[str, Sequence[Event]],
    bodies: Mapping[int, Register],
    tied: Mapping[int, tuple[int, ...]],
    texts: EventTexts,
) -> Iterator[MilestoneNews]:
    """Yield what is cancelled or reinstated: meetings of one series together, where the reason is the same."""
    groups: dict[tuple[Any, ...], list[Milestone]] = defaultdict(list)
    for row in rows:
        lines = [event for event in events[row.history_key()] if "is_cancelled" in event.before]
        # Cancelled and reinstated within one week is no news: only first and last state are compared.
        if lines and lines[0].before["is_cancelled"] != row.is_cancelled:
            reason = texts.reason(lines[-1])
            groups[row.is_cancelled, row.series_id or f"alone-{row.id}", row.title, reason].append(row)
    for (is_cancelled, _, title, reason), held in groups.items():
        turn = MeetingNews.HELD
        if is_cancelled:
            turn = MeetingNews.CANCELLED
        days = tuple(row.starts_on for row in held)
        items = tuple(sorted(number for row in held for number in tied.get(row.id, ())))
        yield MilestoneNews(turn, title, bodies[held[0].body_id], days, reason=reason, items=items)


def _renamed(
    session: Session, events: Mapping[str, Sequence[Event]], bodies: Mapping[int, Register]
) -> Iterator[MilestoneNews]:
    of_series = {key: lines for key, lines in events.items() if key.startswith("series:")}
    if not of_series:
        return
    before = {key_number(key): _first(lines, "title") for key, lines in of_series.items()}
    # Only a series has news of its name: a single milestone says it on its own line.
    for row in session.exec(select(Series).where(col(Series.id).in_(before))):
        was = before[row.id]
        if was and was != row.title:
            yield MilestoneNews(MeetingNews.RENAMED, row.title, bodies[row.body_id], before=was)


def _tied(session: Session, milestone_ids: set[int], ids: frozenset[int]) -> dict[int, tuple[int, ...]]:
    """Return the numbers of the reader's open items that are due by these milestones."""
    by_milestone: dict[int, tuple[int, ...]] = defaultdict(tuple)
    statement = select(Item.milestone_id, Item.number).where(
        col(Item.milestone_id).in_(milestone_ids), col(Item.id).in_(ids), col(Item.progress).in_(OPEN)
    )
    for milestone_id, number in session.exec(statement.order_by(col(Item.number))):
        if milestone_id is not None:
            by_milestone[milestone_id] += (number,)
    return by_milestone
