"""What the secretariat does there: a view it keeps, many items changed at once, and a term that ends."""

from sqlmodel import Session, select

from tests.factories import NOW, TODAY, make_item, make_ownership, make_person, make_term, party_of, sight_into
from tests.town.items import by, numbered
from tracker.agendas import changes
from tracker.bulk import changes as bulk_changes
from tracker.bulk.queries import last_events
from tracker.bulk.rules import BulkWish
from tracker.handovers import changes as handing_over
from tracker.handovers import open_duties
from tracker.items import saved_lists
from tracker.items.models import Item
from tracker.meetings.models import Milestone, Repeats, Visibility
from tracker.meetings.recurrence import Rule
from tracker.meetings.series import SeriesDetails, add_series
from tracker.people.models import Body, Person, Role


def fill(session: Session, board: Body, sara: Person) -> dict[str, object]:
    """Return what the pages are called."""
    register, acting = board.id, {"by": by(sara), "now": NOW}
    kept = saved_lists.save_view(session, register, sara.id, "Late ones", "late=1", is_shared=True, **acting)
    told = _hand_over(session, board, sara) | _meet(session, board, sara)
    return {"view": kept.slug, "bulk": _at_once(session, board, sara), **told}


def _meet(session: Session, board: Body, sara: Person) -> dict[str, object]:
    """Put two items on the agenda of the spring, for everybody to read. A call every second week."""
    acting = {"by": by(sara), "now": NOW}
    spring = session.exec(select(Milestone).where(Milestone.slug == "spring")).one()
    for number in (1, 3):
        changes.put_on_agenda(session, spring, numbered(session, number), **acting)
    changes.show_agenda(session, spring, Visibility.PUBLISHED, **acting)
    details = SeriesDetails("Call of the board", Rule(TODAY, Repeats.WEEKS, every=2, times=4))
    begun = add_series(session, board.id, details, today=TODAY, **acting)
    session.flush()
    return {"series": begun.id}


def _at_once(session: Session, board: Body, sara: Person) -> object:
    chosen = session.exec(select(Item).where(Item.theme == "paint")).all()
    events = last_events(session, [item.id for item in chosen])
    seen, acting = {item.number: events[item.id] for item in chosen}, {"by": by(sara), "now": NOW}
    edit = bulk_changes.edit_items(session, board.id, seen, BulkWish(theme="hall"), sara, today=TODAY, **acting).edit
    session.flush()
    return edit.id if edit else None


def _hand_over(session: Session, board: Body, sara: Person) -> dict[str, object]:
    leaver, heir = make_person(session, "Lea Leaver"), make_person(session, "Sul Successor")
    make_term(session, leaver, board, Role.MEMBER, last_day=TODAY)
    make_term(session, heir, board)
    make_ownership(session, make_item(session, board, title="Water the plants"), party_of(session, leaver))
    session.flush()
    left = open_duties.open_duties_of(session, board.id, [leaver.id], sight_into(board))
    made = handing_over.offer_handover(session, board.id, heir, left, by=by(sara), now=NOW)
    session.flush()
    return {"handover": made.id, "leaver": leaver.slug}
