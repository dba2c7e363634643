"""What is followed up there: one item about which everything is known, and others at every stage."""

from datetime import timedelta

from sqlmodel import Session, select

from tests.factories import (
    NOW,
    TODAY,
    make_addressee,
    make_item,
    make_ownership,
    make_passage,
    make_person,
    party_id_of,
    party_of,
)
from tests.town.people import LONG
from tests.town.sessions import LAMPS
from tracker.history import Actor, ChangeWay
from tracker.items import changes, ownership, positions, responses
from tracker.items.models import Capacity, Item, ItemPassage, LinkKind, Progress
from tracker.items.party_models import OwnerState, ResponseState, Stance
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body, Person
from tracker.transcripts.models import Transcript
from tracker.updates.changes import record
from tracker.updates.evidence import File, Link

EVERYBODY = {"visibility": Visibility.PUBLISHED}


def by(person: Person) -> Actor:
    """Who acts."""
    return Actor(person.id, ChangeWay.BROWSER)


def numbered(session: Session, number: int) -> Item:
    """The item with that number."""
    return session.exec(select(Item).where(Item.number == number)).one()


def fill(
    session: Session, board: Body, mira: Person, sara: Person, talk: Transcript, spring: Milestone
) -> dict[str, object]:
    """Item 1 has everything; 2 is late and Sara is asked to own it; 3 to 7 stand at the other stages."""
    first = make_item(
        session, board, title=f"Bring lamps to the reading rooms of the {LONG}", theme="light", **EVERYBODY
    )
    first.milestone_id, first.offset_days = spring.id, -14
    late = make_item(session, board, title="Print the map", own_due_on=TODAY - timedelta(days=20))
    make_ownership(session, late, party_of(session, sara), state=OwnerState.REQUESTED)
    make_item(session, board, title="Buy a piano", condition="if the money comes", **EVERYBODY)
    by_sara = party_id_of(session, sara)
    stages = (Progress.WAITING, Progress.DONE, Progress.NO_LONGER_PURSUED, Progress.DONE_IN_PART)
    for stage in stages:
        make_item(
            session,
            board,
            title=f"Paint the hall, {stage.value}",
            progress=stage,
            theme="paint",
            put_forward_by=by_sara,
            **EVERYBODY,
        )
    names = {"update": _updates(session, first, mira), **_stands(session, first, board, mira, sara, talk)}
    changes.link(session, first, late, LinkKind.REFINES, by=by(sara), now=NOW)
    return names


def _updates(session: Session, item: Item, mira: Person) -> int:
    make_ownership(session, item, party_of(session, mira))
    notes = "Begun, with **two** rooms.\n\n- one by the river\n- one on the hill"
    proofs = [Link(f"https://example.org/{'very-' * 30}long"), File("lamps.txt", "text/plain", b"Two lamps.")]
    shown = {"visibility": Visibility.PUBLISHED, "by": by(mira), "now": NOW}
    return record(session, item, mira, notes, progress=Progress.IN_PROGRESS, evidence=proofs, **shown).id


def _stands(
    session: Session, item: Item, board: Body, mira: Person, sara: Person, talk: Transcript
) -> dict[str, object]:
    passage = make_passage(session, talk, LAMPS)
    session.add(ItemPassage(item_id=item.id, passage_id=passage.id))
    known = {"capacity": Capacity.ORGANISATION, "capacity_of": LONG, "passage_id": passage.id}
    for name, stance in (("Ana Alder", Stance.SUPPORTS), ("Eva Elm", Stance.OBJECTS_TO_THE_WAY)):
        party = party_id_of(session, make_person(session, name))
        stand = positions.NewPosition(party_id=party, stance=stance, **known)
        position = positions.add_position(session, item, stand, by=by(sara), now=NOW)
    addressee = make_addressee(session, item, party_of(session, board))
    put = responses.Response(ResponseState.SENT, responded_on=TODAY)
    responses.record_response(session, addressee, put, by=by(sara), now=NOW)
    ownership.add_helper(session, item, sara.id, by=by(sara), now=NOW)
    changes.follow(session, item, sara.id, by=by(sara), now=NOW)
    session.flush()
    return {"position": position.id, "addressee": addressee.id}
