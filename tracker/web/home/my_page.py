"""What a signed-in person sees first: their requests, what they own, what happened, what comes."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import request
from sqlmodel import Session

from tracker.digests.content import MOST_LINES, assemble
from tracker.digests.event_windows import Window
from tracker.digests.parts import DigestContent, DigestSection, SectionKind
from tracker.digests.queries import plain_facts_for_all
from tracker.digests.reader import reader_seeing
from tracker.handovers.queries import HandoverStanding as Offered
from tracker.handovers.queries import offered_to, owes_anything
from tracker.items.due import is_waiting
from tracker.items.lines import ItemLine, person_names
from tracker.items.status import is_closed
from tracker.meetings.models import Milestone
from tracker.meetings.queries import milestones
from tracker.people.departures import AHEAD, last_day_of
from tracker.people.models import Person, Role
from tracker.proposals.filters import Showing
from tracker.proposals.queries import count
from tracker.transcripts.queries import passages_of
from tracker.transcripts.quotes import Quote
from tracker.web.app import context
from tracker.web.app.route_access import may
from tracker.web.home import first_steps
from tracker.web.home.desks import ChairDesk, Desk, chair_desk, secretariat_desk
from tracker.web.home.first_steps import FirstSteps
from tracker.web.home.free_items import FreeItems, free_items
from tracker.web.items import due_wording
from tracker.web.items.page_words import put_forward_by

#: how far back "changed" looks; the digest of the week says the same
RECENT = timedelta(days=7)
MOST_MILESTONES = 3
MOST_SAID = 3
#: what the page has told of an item before it lists the rest of what one owns
PRESSING = (SectionKind.REQUESTED, SectionKind.OVERDUE, SectionKind.WAITING, SectionKind.DUE)


@dataclass(frozen=True)
class Rest:
    """Items that no digest tells of by themselves; `lines` may be fewer than `total`."""

    lines: list[ItemLine]
    total: int


@dataclass(frozen=True)
class MyPage:
    """All of one's page in one register."""

    content: DigestContent
    #: what one owns and waits for somebody else
    waiting: Rest
    #: the rest of what one owns, by when it is due
    later: Rest
    milestones: list[Milestone]
    desk: Desk | None
    chair: ChairDesk | None
    #: for a reader without anything of their own: what they may take on, and what they said in meetings
    free: FreeItems | None
    said: list[Quote]
    #: what others leave and offer to the reader, with their names
    offered: list[tuple[Offered, str]]
    #: what waits for a second person, of those who may be one
    to_second: int
    #: the reader's own last day, where it is near and they owe something
    last_day: date | None
    steps: FirstSteps | None

    #: the reader has no request, and owns and awaits nothing
    is_empty: bool


def _ahead(session: Session, body_id: int) -> list[Milestone]:
    """Return the milestones that are still to be held, in order of date."""
    held = [milestone for milestone in milestones(session, body_id) if not milestone.is_cancelled]
    return [milestone for milestone in held if milestone.ends_on >= context.today()]


def contents() -> dict[str, object]:
    """Return the values that home/_my_page.html shows; without a page for somebody who has no role in this register."""
    person = context.person()
    if context.body_or_none() is None or not context.roles():
        return {"page": None}
    return {
        "page": _my_page(context.session(), person),
        "shown": due_wording.due_for_list,
        "put_forward_by": put_forward_by,
    }


def _my_page(session: Session, person: Person) -> MyPage:
    body_id = context.body_id()
    now = context.now()
    only = frozenset({body_id})
    reader = reader_seeing(session, person, context.sight(), context.zone(), now, only)
    window = Window(now - RECENT, now)
    facts = plain_facts_for_all(session, [reader], window, only, _most(SectionKind.CHANGED))[reader.id]
    content = assemble(facts, person.name, context.today(), most=None)
    pressing = {line.item_id for section in content.sections if section.kind in PRESSING for line in section.lines}
    mine = [line for number, line in facts.lines.items() if number in facts.owed and number not in pressing]
    open_ones = sorted((line for line in mine if not is_closed(line.item.progress)), key=_by_day)
    waiting = _rest("waits", [line for line in open_ones if is_waiting(line.item)])
    later = _rest("later", [line for line in open_ones if not is_waiting(line.item)])
    offered = _offered(session, body_id, person.id)
    is_empty = not (pressing or open_ones or offered)
    ahead = _ahead(session, body_id)
    desk, steps = _secretariats(session, body_id, person)
    return MyPage(
        content=replace(content, sections=tuple(map(_shortened, content.sections))),
        waiting=waiting,
        later=later,
        milestones=ahead[:MOST_MILESTONES],
        desk=desk,
        chair=_chairs(session, body_id, ahead),
        free=_free(session, body_id, is_empty=is_empty),
        said=_said(session, body_id, person, is_empty=is_empty),
        to_second=_to_second(session, body_id),
        offered=offered,
        last_day=_last_day(session, body_id, person.id),
        steps=steps,
        is_empty=is_empty,
    )


def _secretariats(session: Session, body_id: int, person: Person) -> tuple[Desk | None, FirstSteps | None]:
    """Return what only the secretariat sees: what waits for it, and its first steps."""
    if not context.is_secretariat():
        return None, None
    desk = secretariat_desk(session, body_id)
    return desk, first_steps.of_register(session, body_id, person, desk.to_triage)


def _chairs(session: Session, body_id: int, ahead: list[Milestone]) -> ChairDesk | None:
    if Role.CHAIR in context.roles():
        return chair_desk(session, body_id, ahead)
    return None


def _free(session: Session, body_id: int, *, is_empty: bool) -> FreeItems | None:
    # Whoever has something to do is offered no more of it; a mere rapporteur owns nothing.
    if is_empty and context.roles() != {Role.RAPPORTEUR}:
        return free_items(session, body_id)
    return None


def _said(session: Session, body_id: int, person: Person, *, is_empty: bool) -> list[Quote]:
    if is_empty:
        return passages_of(session, body_id, person, context.sight(), most=MOST_SAID)
    return []


def _most(name: str) -> int | None:
    """Return how many items a section shows: a few, unless the address asks for all of this one."""
    if request.args.get("all") == name:
        return None
    return MOST_LINES


def _shortened(section: DigestSection) -> DigestSection:
    return replace(section, lines=section.lines[: _most(section.kind)])


def _rest(name: str, lines: list[ItemLine]) -> Rest:
    return Rest(lines[: _most(name)], len(lines))


def _to_second(session: Session, body_id: int) -> int:
    if not may("seconds.listing"):
        return 0
    return count(session, body_id, Showing(awaits_second=True), context.now())


def _offered(session: Session, body_id: int, person_id: int) -> list[tuple[Offered, str]]:
    offers = offered_to(session, body_id, person_id)
    names = person_names(session, {offer.handover.from_id for offer in offers})
    return [(offer, names[offer.handover.from_id]) for offer in offers]


def _last_day(session: Session, body_id: int, person_id: int) -> date | None:
    day = last_day_of(session, body_id, person_id)
    is_near = day is not None and day <= context.today() + AHEAD
    if is_near and owes_anything(session, body_id, person_id, context.sight()):
        return day
    return None


def _by_day(line: ItemLine) -> tuple[date, int]:
    """Return the key that sorts lines by their due day, then by number; those without a day come last."""
    if line.due is None:
        return date.max, line.item.number
    return line.due.day, line.item.number
