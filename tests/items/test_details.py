"""One item whole: what belongs to it, for whom."""

import pytest
from sqlmodel import Session

from tests.factories import (
    NOW,
    TODAY,
    make_addressee,
    make_item,
    make_meeting,
    make_ownership,
    make_passage,
    make_person,
    make_register,
    make_term,
    make_transcript,
    party_id_of,
    party_of,
)
from tests.statements import statements
from tracker.history import Actor, ChangeWay
from tracker.items import changes, ownership, positions
from tracker.items.details import ItemDetails, OwnershipDetails, item_details
from tracker.items.models import Item, ItemPassage, LinkKind, Relation
from tracker.items.ownership import is_answerer
from tracker.items.party_models import OwnerState, Stance
from tracker.items.positions import NewPosition
from tracker.items.queries import ItemWithParts, item_with_parts, related_items
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Party, Person
from tracker.people.queries import STRANGER, Sight, sight_of

BY = Actor(None, ChangeWay.BROWSER)


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def ana(any_session: Session, board: Body) -> Person:
    person = make_person(any_session, stakeholder_group="academia")
    make_term(any_session, person, board)
    return person


@pytest.fixture
def sight(any_session: Session, ana: Person) -> Sight:
    return sight_of(any_session, ana, NOW)


@pytest.fixture
def item(any_session: Session, board: Body, ana: Person) -> Item:
    return make_item(any_session, board, put_forward_by=party_id_of(any_session, ana))


def cite(session: Session, board: Body, item: Item, words: str = "Let us buy lamps.") -> None:
    transcript = make_transcript(session, make_meeting(session, board), f"MS ONE: {words} Thank you.")
    passage = make_passage(session, transcript, words)
    session.add(ItemPassage(item_id=item.id, passage_id=passage.id, relation=Relation.REFINES))
    session.flush()


def whole(session: Session, item: Item, sight: Sight) -> ItemDetails:
    return item_details(session, item, sight, TODAY)


def test_an_item_comes_with_asker_passages_and_answers(
    any_session: Session, board: Body, item: Item, sight: Sight
) -> None:
    cite(any_session, board, item)
    make_addressee(any_session, item, party_of(any_session, board), recorded_by=sight.person_id)
    found = whole(any_session, item, sight)
    [(relation, quote)] = found.passages
    assert (relation, quote.words and quote.words.quote) == (Relation.REFINES, "Let us buy lamps.")
    assert (found.proposer and found.proposer.name, found.proposer and found.proposer.group) == (
        "Ana Silva",
        "academia",
    )
    assert [(answer.party.name, answer.recorded_by) for answer in found.answers] == [("Library Board", "Ana Silva")]


def test_owner_and_request_stand_apart_and_the_past_is_left_out(
    any_session: Session, board: Body, item: Item, ana: Person, sight: Sight
) -> None:
    make_ownership(any_session, item, party_of(any_session, ana), state=OwnerState.ENDED)
    make_ownership(any_session, item, party_of(any_session, board), answers_for_id=ana.id)
    make_ownership(any_session, item, party_of(any_session, ana), state=OwnerState.REQUESTED, requested_by=ana.id)
    found = whole(any_session, item, sight)
    assert len(found.ownings) == 2
    assert (found.owner and found.owner.party.name, found.owner and found.owner.answers_for) == (
        "Library Board",
        "Ana Silva",
    )
    assert (found.request and found.request.party.name, found.request and found.request.requested_by) == (
        "Ana Silva",
    ) * 2


def test_each_party_is_heard_once_whatever_it_says(
    any_session: Session, board: Body, item: Item, ana: Person, sight: Sight
) -> None:
    readers = Party(slug="readers", class_name="Readers")
    any_session.add(readers)
    for stance in (Stance.SUPPORTS, Stance.ASKS):
        positions.add_position(any_session, item, NewPosition(party_id_of(any_session, board), stance), by=BY, now=NOW)
    positions.add_position(any_session, item, NewPosition(readers.id, Stance.ASKS, reported_by=ana.id), by=BY, now=NOW)
    found = whole(any_session, item, sight)
    assert [(one.party.name, one.reported_by) for one in found.positions][-1] == ("Readers", "Ana Silva")
    # What Ana tells of the readers is not heard from them.
    assert sorted(found.heard_groups) == ["academia", "unknown"]


def test_helpers_are_named(any_session: Session, item: Item, ana: Person, sight: Sight) -> None:
    ownership.add_helper(any_session, item, ana.id, by=BY, now=NOW)
    assert [person.name for person in whole(any_session, item, sight).helpers] == ["Ana Silva"]


def test_related_items_are_seen_from_both_sides_by_who_may_see_them(
    any_session: Session, board: Body, item: Item, sight: Sight
) -> None:
    other = make_item(any_session, board, visibility=Visibility.PUBLISHED)
    changes.link(any_session, item, other, LinkKind.DEPENDS_ON, by=BY, now=NOW)
    assert [(one.kind, one.is_ours, one.item.id) for one in related_items(any_session, item, sight)] == [
        (LinkKind.DEPENDS_ON, True, other.id)
    ]
    assert [(one.is_ours, one.item.id) for one in related_items(any_session, other, sight)] == [(False, item.id)]
    assert related_items(any_session, other, STRANGER) == []


def test_statements_do_not_grow_with_the_parts(any_session: Session, board: Body, item: Item, sight: Sight) -> None:
    counts = []
    for more in (1, 8):
        for number in range(more):
            person = make_person(any_session, f"Person {more}{number}", email=f"{more}.{number}@example.org")
            make_addressee(any_session, item, party_of(any_session, person), recorded_by=person.id)
            stand = NewPosition(party_id_of(any_session, person), Stance.ASKS, reported_by=person.id)
            positions.add_position(any_session, item, stand, by=BY, now=NOW)
        any_session.commit()
        any_session.refresh(item)
        with statements(any_session) as seen:
            whole(any_session, item, sight)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 14


def test_who_answers_for_a_party_answers_its_requests(
    any_session: Session, board: Body, item: Item, ana: Person
) -> None:
    request = make_ownership(any_session, item, party_of(any_session, board), state=OwnerState.REQUESTED)
    assert not is_answerer(any_session, request, ana.id)
    party_of(any_session, board).steward_id = ana.id
    any_session.flush()
    assert is_answerer(any_session, request, ana.id)


def asked(session: Session, item: Item) -> OwnershipDetails:
    """The open request to own it."""
    return item_details(session, item, STRANGER, TODAY).request or pytest.fail("nobody is asked")


def test_nobody_can_answer_for_a_party_without_an_account(
    any_session: Session, board: Body, item: Item, ana: Person
) -> None:
    absent = make_person(any_session, "Far Away", email=None)
    party = party_of(any_session, board)
    make_ownership(any_session, item, party, state=OwnerState.REQUESTED, answers_for_id=absent.id)
    assert not asked(any_session, item).can_answer
    party.second_id = ana.id
    any_session.flush()
    assert asked(any_session, item).can_answer


def test_what_an_item_has_is_known_with_it(
    any_session: Session, item: Item, board: Body, ana: Person, sight: Sight
) -> None:
    def present() -> ItemWithParts:
        return item_with_parts(any_session, board.id, item.number, sight) or pytest.fail("not found")

    assert (set(present().parts), present().is_followed) == ({False}, False)
    changes.follow(any_session, item, ana.id, by=BY, now=NOW)
    make_addressee(any_session, item, party_of(any_session, board))
    make_ownership(any_session, item, party_of(any_session, board), state=OwnerState.ENDED)
    parts = present().parts._asdict()
    assert ([name for name in parts if parts[name]], present().is_followed) == (["addressees"], True)
