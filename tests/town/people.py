"""Who lives there, and its calendar."""

from datetime import timedelta

from sqlmodel import Session

from tests.factories import NOW, TODAY, make_milestone, make_person, make_register, make_term, party_of
from tracker.history import Actor, ChangeWay
from tracker.meetings.models import Milestone
from tracker.people import changes, import_rows, merged_records, terms
from tracker.people.models import Body, GroupSource, Person, Role
from tracker.tables.text_tables import TableRow

LONG = "Confederation of Neighbourhood Reading Rooms and Travelling Libraries of the Upper and the Lower Valley"


def calendar(session: Session, board: Body) -> Milestone:
    """Three milestones: one past, one that comes, one tentative; returns the second."""
    past, far = TODAY - timedelta(days=90), TODAY + timedelta(days=900)
    make_milestone(session, board, slug="summer", title="Summer gathering", starts_on=past, ends_on=past)
    make_milestone(session, board, slug="review", title="Ten years' review", starts_on=far, ends_on=far, tentative=True)
    return make_milestone(session, board, slug="spring", title="Spring consultations", place="Town hall")


def fill(session: Session, board: Body, sara: Person) -> dict[str, object]:
    """A speaker with labels and two terms, a second record of him, a body and a class with their stewards."""
    by = Actor(sara.id, ChangeWay.BROWSER)
    bo = make_person(session, "Bo Berg", affiliation=LONG, stakeholder_group="civil-society")
    bo.group_source = GroupSource.STATED
    term = make_term(session, bo, board)
    make_term(session, bo, board, Role.CHAIR, first_day=TODAY - timedelta(days=700), last_day=TODAY)
    changes.add_label(session, bo, board.id, "MR BERG", by=by, now=NOW)
    twin = make_person(session, "B. Berg", email=None)
    merged_records.merge(session, twin, bo, by=by, now=NOW)
    council = make_register(session, slug="readers", name="Readers' Council", is_register=False, parent_id=board.id)
    terms.set_stewards(session, party_of(session, council), sara, bo, by=by, now=NOW)
    schools = changes.add_class(session, "Schools", by=by, now=NOW, register_id=board.id)
    told = {"starts": TODAY, "goes_over": False, "by": by, "now": NOW}
    taken = import_rows.import_each(
        session, [TableRow(2, {"name": "Fay Fern", "email": "fay@example.org"})], board, **told
    )
    brought = import_rows.note_import(session, taken, board, "people.csv", by=by, now=NOW)
    session.flush()
    names = {"person": bo.slug, "term": term.id, "body": council.slug, "class": schools.slug}
    return {**names, "import": brought.id}
