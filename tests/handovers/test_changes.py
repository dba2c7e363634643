"""Handing over: offered, taken or declined, and until then nothing moves."""

from dataclasses import dataclass
from datetime import date

import pytest
from sqlmodel import Session, select

from tests.factories import (
    NOW,
    SYSTEM,
    make_item,
    make_ownership,
    make_person,
    make_register,
    make_term,
    party_id_of,
    party_of,
    sight_into,
)
from tracker.errors import Refused, Stale
from tracker.handovers.changes import (
    decline_duty,
    offer_handover,
    parts_of,
    take_duty,
    withdraw_handover,
    write_parting_note,
)
from tracker.handovers.models import Duty, Handover, HandoverPart, PartingNote
from tracker.handovers.open_duties import OfferedDuty, OpenDuty, last_offers, open_duties_of, requested_elsewhere
from tracker.items import ownership
from tracker.items.details import accepted_ownership, open_request
from tracker.items.models import Item, Progress
from tracker.items.party_models import Ownership, OwnerState
from tracker.people.merged_records import merge
from tracker.people.models import Body, Person
from tracker.people.terms import set_stewards


@dataclass
class Year:
    """Lea leaves the Library Board with one duty of each kind; Sul comes after her."""

    session: Session
    board: Body
    lea: Person
    sul: Person

    def item(self, title: str, **values: object) -> Item:
        return make_item(self.session, self.board, title=title, **values)

    def duties(self) -> list[OpenDuty]:
        return open_duties_of(self.session, self.board.id, [self.lea.id], sight_into(self.board))

    def offer(self, *kinds: Duty) -> tuple[Handover, HandoverPart]:
        wanted = [one for one in self.duties() if one.duty in kinds]
        made = offer_handover(self.session, self.board.id, self.sul, wanted, by=SYSTEM, now=NOW)
        return made, parts_of(self.session, made)[0]

    def standing(self) -> OfferedDuty:
        return next(iter(last_offers(self.session, self.board.id, [self.lea.id]).values()))


@pytest.fixture
def year(any_session: Session) -> Year:
    board = make_register(any_session)
    made = Year(any_session, board, make_person(any_session, "Lea Leaver"), make_person(any_session, "Sul Successor"))
    make_term(any_session, made.lea, board, last_day=date(2012, 12, 31))
    lea, body = party_of(any_session, made.lea), party_of(any_session, board)
    make_ownership(any_session, made.item("Owned"), lea)
    make_ownership(any_session, made.item("Asked"), lea, state=OwnerState.REQUESTED)
    make_ownership(any_session, made.item("Answered for"), body, answers_for_id=made.lea.id)
    make_ownership(any_session, made.item("Seconded"), body, answers_for_id=made.sul.id, second_id=made.lea.id)
    ownership.add_helper(any_session, made.item("Helped"), made.lea.id, by=SYSTEM, now=NOW)
    made.item("Awaited", progress=Progress.WAITING, waiting_for=lea.id)
    set_stewards(any_session, body, made.lea, None, by=SYSTEM, now=NOW)
    make_ownership(any_session, made.item("Done", progress=Progress.DONE), lea)
    return made


def test_every_kind_of_duty_is_found_and_nothing_that_is_closed(year: Year) -> None:
    found = [(one.duty, one.item.title if one.item else "") for one in year.duties()]
    assert found == [
        (Duty.OWNS, "Owned"),
        (Duty.TO_ANSWER, "Asked"),
        (Duty.ANSWERS_FOR, "Answered for"),
        (Duty.SECONDS, "Seconded"),
        (Duty.HELPS, "Helped"),
        (Duty.AWAITED, "Awaited"),
        (Duty.STEWARD, ""),
    ]


def test_what_a_merged_record_owed_is_owed_by_the_one_that_stays(year: Year) -> None:
    keeper = make_person(year.session, "Lisa Levy")
    merge(year.session, year.lea, keeper, by=SYSTEM, now=NOW)
    duties = open_duties_of(year.session, year.board.id, [keeper.id], sight_into(year.board))
    assert {duty.person_id for duty in duties} == {keeper.id}


def test_what_is_offered_stays_with_whoever_leaves_until_it_is_taken(year: Year) -> None:
    _made, part = year.offer(Duty.OWNS)
    item = year.session.get_one(Item, part.item_id)
    former, request = accepted_ownership(year.session, item), open_request(year.session, item)
    assert former
    assert former.party_id == party_id_of(year.session, year.lea)
    assert request
    assert request.party_id == party_id_of(year.session, year.sul)


@pytest.mark.parametrize("duty", list(Duty)[:-1])
def test_what_is_taken_is_owed_by_the_successor_and_by_nobody_before(year: Year, duty: Duty) -> None:
    take_duty(year.session, year.offer(duty)[1], by=SYSTEM, now=NOW)
    became = Duty.OWNS if duty is Duty.TO_ANSWER else duty
    open_duties = open_duties_of(year.session, year.board.id, [year.sul.id], sight_into(year.board))
    assert (
        became in [open_duty.duty for open_duty in open_duties] or duty is Duty.SECONDS
    )  # whoever answers for it already is not their own second
    assert duty not in [one.duty for one in year.duties()]


def test_a_second_of_a_body_passes_too(year: Year) -> None:
    board = party_of(year.session, year.board)
    set_stewards(year.session, board, make_person(year.session, "Bo Berg"), year.lea, by=SYSTEM, now=NOW)
    take_duty(year.session, year.offer(Duty.SECOND)[1], by=SYSTEM, now=NOW)
    assert board.second_id == year.sul.id


def test_what_is_declined_can_be_offered_again(year: Year) -> None:
    decline_duty(year.session, year.offer(Duty.OWNS)[1], message="No time", by=SYSTEM, now=NOW)
    assert year.standing().state is OwnerState.DECLINED
    year.offer(Duty.OWNS)
    assert year.standing().is_open


def test_an_offer_answered_on_the_page_of_the_item_counts(year: Year) -> None:
    _made, part = year.offer(Duty.OWNS)
    ownership.accept_ownership(year.session, year.session.get_one(Ownership, part.ownership_id), by=SYSTEM, now=NOW)
    assert year.standing().state is OwnerState.ACCEPTED
    with pytest.raises(Refused, match=r"^This duty was answered or withdrawn meanwhile\.$"):
        take_duty(year.session, part, by=SYSTEM, now=NOW)


def test_offering_twice_asks_once(year: Year) -> None:
    year.offer(Duty.OWNS, Duty.HELPS)
    with pytest.raises(Refused, match=r"^These duties are offered already, or there is nothing to hand over\.$"):
        year.offer(Duty.OWNS, Duty.HELPS)


def test_what_is_being_asked_of_another_is_not_offered(year: Year) -> None:
    item = year.session.exec(select(Item).where(Item.title == "Owned")).one()
    ownership.request_to_own(year.session, item, party_id_of(year.session, year.board), by=SYSTEM, now=NOW)
    assert requested_elsewhere(year.session, year.duties()) == {item.id: party_id_of(year.session, year.board)}
    with pytest.raises(Refused):
        year.offer(Duty.OWNS)


def test_nobody_succeeds_themselves(year: Year) -> None:
    with pytest.raises(Refused, match=r"^Choose somebody else as successor\.$"):
        offer_handover(year.session, year.board.id, year.lea, year.duties(), by=SYSTEM, now=NOW)


def test_taking_an_offer_back_leaves_what_was_taken(year: Year) -> None:
    made, first = year.offer(Duty.OWNS, Duty.HELPS)
    take_duty(year.session, first, by=SYSTEM, now=NOW)
    assert withdraw_handover(year.session, made, by=SYSTEM, now=NOW) == 1
    assert [part.state for part in parts_of(year.session, made)] == [OwnerState.ACCEPTED, OwnerState.WITHDRAWN]
    with pytest.raises(Refused, match=r"^All of these duties were answered already\.$"):
        withdraw_handover(year.session, made, by=SYSTEM, now=NOW)


def test_an_offer_taken_back_asks_nobody_any_more(year: Year) -> None:
    made, part = year.offer(Duty.OWNS)
    withdraw_handover(year.session, made, by=SYSTEM, now=NOW)
    assert open_request(year.session, year.session.get_one(Item, part.item_id)) is None


def test_what_was_settled_meanwhile_is_not_taken(year: Year) -> None:
    _made, part = year.offer(Duty.HELPS)
    ownership.remove_helper(year.session, year.session.get_one(Item, part.item_id), year.lea.id, by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match=r"^This duty was settled in another way meanwhile\.$"):
        take_duty(year.session, part, by=SYSTEM, now=NOW)


def test_a_request_to_a_body_stays_one_to_the_body(year: Year) -> None:
    board = party_of(year.session, year.board)
    make_ownership(
        year.session, year.item("Of the board"), board, state=OwnerState.REQUESTED, answers_for_id=year.lea.id
    )
    wanted = [one for one in year.duties() if one.item and one.item.title == "Of the board"]
    offer_handover(year.session, year.board.id, year.sul, wanted, by=SYSTEM, now=NOW)
    request = open_request(year.session, wanted[0].item or Item())
    assert request
    assert (request.party_id, request.answers_for_id) == (board.id, year.sul.id)


def test_a_note_saved_meanwhile_is_not_lost(year: Year) -> None:
    item = year.duties()[0].item or Item()
    told = {"by": SYSTEM, "now": NOW}
    assert write_parting_note(year.session, item, year.lea, "Ask Bo", seen_version=0, **told)
    assert not write_parting_note(year.session, item, year.lea, "Ask Bo ", seen_version=0, **told)
    with pytest.raises(Stale):
        write_parting_note(year.session, item, year.lea, "Ask Ana", seen_version=0, **told)
    assert year.session.get_one(PartingNote, (item.id, year.lea.id)).text == "Ask Bo"
