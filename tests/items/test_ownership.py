"""An owner is who has accepted; nobody is made one."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW, make_item, make_person, make_register, party_id_of, party_of
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject, wordings
from tracker.items import ownership
from tracker.items.models import Item
from tracker.items.party_models import Helper, Ownership, OwnerState
from tracker.people.models import Body, Person

BY = Actor(None, ChangeWay.BROWSER)


@pytest.fixture
def board(any_session: Session) -> Body:
    return make_register(any_session)


@pytest.fixture
def item(any_session: Session, board: Body) -> Item:
    made = make_item(any_session, board)
    any_session.commit()
    return made


@pytest.fixture
def ask(any_session: Session, item: Item) -> Callable[[Person | Body], Ownership]:
    def request_to_own(whom: Person | Body) -> Ownership:
        return ownership.request_to_own(any_session, item, party_id_of(any_session, whom), by=BY, now=NOW)

    return request_to_own


def states(session: Session) -> list[OwnerState]:
    return [row.state for row in session.exec(select(Ownership).order_by(col(Ownership.id)))]


def test_asking_makes_no_owner(any_session: Session, ask: Callable[[Person], Ownership]) -> None:
    ask(make_person(any_session))
    assert states(any_session) == [OwnerState.REQUESTED]


def test_one_is_asked_at_a_time(any_session: Session, ask: Callable[[Person], Ownership]) -> None:
    ask(make_person(any_session))
    with pytest.raises(Refused) as refusal:
        ask(make_person(any_session, "Ben Okri"))
    assert refusal.value.field == "party"


def test_who_owns_is_not_asked_again(any_session: Session, ask: Callable[[Person], Ownership]) -> None:
    ana = make_person(any_session)
    ownership.accept_ownership(any_session, ask(ana), by=BY, now=NOW)
    with pytest.raises(Refused, match="already"):
        ask(ana)


def test_accepting_says_who_and_when(any_session: Session, ask: Callable[[Person], Ownership]) -> None:
    ana = make_person(any_session)
    request = ask(ana)
    ownership.accept_ownership(any_session, request, by=Actor(ana.id, ChangeWay.MAIL), now=NOW)
    assert (request.state, request.answered_by, request.answered_at) == (OwnerState.ACCEPTED, ana.id, NOW)
    assert request.answers_for_id is None


def test_for_a_body_its_steward_answers_or_its_second_who_accepts(
    any_session: Session, board: Body, ask: Callable[[Body], Ownership]
) -> None:
    ana, ben = make_person(any_session), make_person(any_session, "Ben Okri")
    party = party_of(any_session, board)
    party.steward_id, party.second_id = ana.id, ben.id
    any_session.flush()
    for who, answers in ((None, ana), (ben, ben)):
        request = ask(board)
        ownership.accept_ownership(any_session, request, by=Actor(who and who.id, ChangeWay.BROWSER), now=NOW)
        assert request.answers_for_id == answers.id
        ownership.end_ownership(any_session, request, by=BY, now=NOW)


def test_for_a_body_the_one_named_answers(any_session: Session, board: Body, item: Item) -> None:
    ana, ben = make_person(any_session), make_person(any_session, "Ben Okri")
    party = party_id_of(any_session, board)
    request = ownership.request_to_own(
        any_session, item, party, answers_for_id=ana.id, second_id=ben.id, by=BY, now=NOW
    )
    ownership.accept_ownership(any_session, request, by=BY, now=NOW)
    assert (request.answers_for_id, request.second_id) == (ana.id, ben.id)


def test_a_successor_who_accepts_ends_the_owner_before(
    any_session: Session, ask: Callable[[Person], Ownership], item: Item
) -> None:
    ownership.accept_ownership(any_session, ask(make_person(any_session)), by=BY, now=NOW)
    request = ask(make_person(any_session, "Ben Okri"))
    assert states(any_session) == [OwnerState.ACCEPTED, OwnerState.REQUESTED]
    ownership.accept_ownership(any_session, request, by=BY, now=NOW)
    assert states(any_session) == [OwnerState.ENDED, OwnerState.ACCEPTED]
    verbs = [line.verb for line in of_subject(any_session, f"item:{item.id}")]
    assert verbs[-2:] == ["ownership ended", "ownership accepted"]


@pytest.mark.parametrize("answer", [ownership.accept_ownership, ownership.decline_request, ownership.withdraw_request])
def test_a_request_is_answered_once(
    any_session: Session, ask: Callable[[Person], Ownership], answer: Callable[..., None]
) -> None:
    request = ask(make_person(any_session))
    ownership.decline_request(any_session, request, by=BY, now=NOW)
    with pytest.raises(Refused):
        answer(any_session, request, by=BY, now=NOW)
    assert states(any_session) == [OwnerState.DECLINED]


def test_who_declines_may_say_why(any_session: Session, ask: Callable[[Person], Ownership], item: Item) -> None:
    ownership.decline_request(any_session, ask(make_person(any_session)), message=" Not my field. ", by=BY, now=NOW)
    event = of_subject(any_session, f"item:{item.id}")[-1]
    assert list(wordings(any_session, [event]).values()) == ["Not my field."]


def test_passing_on_asks_the_other(any_session: Session, ask: Callable[[Person], Ownership]) -> None:
    ben = make_person(any_session, "Ben Okri")
    request = ask(make_person(any_session))
    further = ownership.pass_request_on(any_session, request, party_id_of(any_session, ben), by=BY, now=NOW)
    assert states(any_session) == [OwnerState.PASSED_ON, OwnerState.REQUESTED]
    assert further.party_id == party_id_of(any_session, ben)


def test_one_cannot_pass_to_oneself(any_session: Session, ask: Callable[[Person], Ownership]) -> None:
    request = ask(make_person(any_session))
    with pytest.raises(Refused):
        ownership.pass_request_on(any_session, request, request.party_id, by=BY, now=NOW)


def test_an_owner_who_ends_leaves_none(any_session: Session, ask: Callable[[Person], Ownership]) -> None:
    request = ask(make_person(any_session))
    with pytest.raises(Refused):
        ownership.end_ownership(any_session, request, by=BY, now=NOW)
    ownership.accept_ownership(any_session, request, by=BY, now=NOW)
    ownership.end_ownership(any_session, request, by=BY, now=NOW)
    assert states(any_session) == [OwnerState.ENDED]


def test_answerers_are_named_for_bodies_that_own(
    any_session: Session, board: Body, ask: Callable[[Body | Person], Ownership]
) -> None:
    ana = make_person(any_session)
    request = ask(board)
    with pytest.raises(Refused):
        ownership.name_answerers(any_session, request, ana.id, None, by=BY, now=NOW)
    ownership.accept_ownership(any_session, request, by=BY, now=NOW)
    ownership.name_answerers(any_session, request, ana.id, None, by=BY, now=NOW)
    assert request.answers_for_id == ana.id


def test_a_helper_helps_once(any_session: Session, item: Item) -> None:
    ana = make_person(any_session)
    ownership.add_helper(any_session, item, ana.id, by=BY, now=NOW)
    with pytest.raises(Refused):
        ownership.add_helper(any_session, item, ana.id, by=BY, now=NOW)
    ownership.remove_helper(any_session, item, ana.id, by=BY, now=NOW)
    with pytest.raises(Refused):
        ownership.remove_helper(any_session, item, ana.id, by=BY, now=NOW)
    assert any_session.exec(select(Helper)).all() == []
