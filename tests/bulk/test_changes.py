"""What a change in bulk does to each item, and that one press puts all of it back."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.factories import (
    NOW,
    TODAY,
    make_addressee,
    make_item,
    make_milestone,
    make_ownership,
    make_person,
    make_register,
    party_id_of,
    party_of,
)
from tracker.bulk.changes import BulkOutcome, edit_items, undo_bulk_edit
from tracker.bulk.queries import audience_names, bulk_edits, item_standings
from tracker.bulk.rules import BulkPart, BulkWish, ItemStanding, LeftBecause, outcome, stored_wish
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject
from tracker.items import changes
from tracker.items.changes import DueRule
from tracker.items.models import DueFrom, Item, ItemKind, Progress
from tracker.items.party_models import Addressee, Helper, Ownership, OwnerState, ResponseState
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Person
from tracker.seed.remove_sample import remove_sample
from tracker.updates.models import BulkChange, BulkEdit, Update
from tracker.updates.progress_rules import ProgressStep

DAY = date(2013, 2, 1)


@dataclass
class Desk:
    """Three items of a register, and the secretary before them."""

    session: Session
    board: Body
    ana: Person
    bo: Person
    items: list[Item]

    @property
    def by(self) -> Actor:
        return Actor(self.ana.id, ChangeWay.BROWSER)

    def standing(self, place: int = 0) -> ItemStanding:
        return item_standings(self.session, [self.items[place]], TODAY)[0]

    def seen(self) -> dict[int, int]:
        return {one.item.number: one.last_event for one in item_standings(self.session, self.items, TODAY)}

    def act(self, wish: BulkWish, seen: dict[int, int] | None = None) -> BulkOutcome:
        acting = {"today": TODAY, "by": self.by, "now": NOW}
        acted = edit_items(self.session, self.board.id, seen or self.seen(), wish, self.ana, **acting)
        self.session.commit()
        return acted

    def undo(self, edit: BulkEdit) -> tuple[list[Item], list[Item]]:
        done = undo_bulk_edit(self.session, edit, self.ana, reason="Put back", by=self.by, now=NOW)
        self.session.commit()
        return done

    def stands(self) -> list[Any]:
        """All that an act may change, of each item."""
        self.session.expire_all()
        names = ("theme", "kind", "own_due_on", "milestone_id", "offset_days", "due_from", "promised_on")
        addressee = self.session.exec(
            select(Addressee.item_id, Addressee.party_id, Addressee.response, Addressee.responded_on)
        ).all()
        helping = self.session.exec(select(Helper.item_id, Helper.person_id)).all()
        open_requests = select(Ownership.item_id).where(col(Ownership.state) == OwnerState.REQUESTED)
        rows = [sorted(map(str, found)) for found in (addressee, helping, self.session.exec(open_requests).all())]
        names += ("visibility", "progress")
        return [[getattr(item, name) for name in names] for item in self.items] + rows


@pytest.fixture
def desk(any_session: Session) -> Desk:
    board, ana, bo = make_register(any_session), make_person(any_session), make_person(any_session, "Bo Berg")
    items = [make_item(any_session, board, title=title) for title in ("Lamps", "Paint", "Nails")]
    any_session.commit()
    return Desk(any_session, board, ana, bo, items)


def wishes(desk: Desk) -> dict[str, BulkWish]:
    milestone = make_milestone(desk.session, desk.board)
    bo = party_id_of(desk.session, desk.bo)
    desk.session.commit()
    return {
        "owner": BulkWish(owner=bo, message="Please"),
        "helper": BulkWish(helper=desk.bo.id),
        "theme": BulkWish(theme="hall"),
        "kind": BulkWish(kind=ItemKind.CALL),
        "milestone": BulkWish(due=DueRule(None, milestone.id, -14, DueFrom.LAST_DAY), reason="Agreed with Bo"),
        "day": BulkWish(due=DueRule(own_due_on=DAY), reason="Said in the room"),
        "visibility": BulkWish(visibility=Visibility.PUBLISHED),
        "addressee": BulkWish(addressee=bo),
        "addressee and put": BulkWish(addressee=bo, sent_on=TODAY),
        "progress": BulkWish(step=ProgressStep(Progress.WAITING, reason="paper"), note="Nobody has paper"),
        "note": BulkWish(note="Spoken of"),
        "all": BulkWish(
            owner=bo, helper=desk.bo.id, theme="hall", kind=ItemKind.OFFER, due=DueRule(own_due_on=DAY), reason="so",
            visibility=Visibility.PUBLISHED, addressee=bo, sent_on=TODAY, step=ProgressStep(Progress.DONE),
            note="Bought",
        ),
    }  # fmt: skip


KINDS = (
    "owner", "helper", "theme", "kind", "milestone", "day", "visibility", "addressee", "addressee and put", "progress",
    "note", "all",
)  # fmt: skip


def test_more_items_than_one_edit_may_change_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="At most 500 items can be changed at once"):
        desk.act(BulkWish(theme="hall"), dict.fromkeys(range(501), 0))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_change_is_done_and_put_back(desk: Desk, kind: str) -> None:
    wish = wishes(desk)[kind]
    before, lines = desk.stands(), len(of_subject(desk.session, f"item:{desk.items[0].id}"))
    edit = desk.act(wish).edit
    assert edit
    assert (desk.stands() == before) == (kind == "note")
    assert len(of_subject(desk.session, f"item:{desk.items[0].id}")) > lines
    assert (desk.undo(edit), desk.stands()) == ((desk.items, []), before)


def test_every_kind_of_change_is_tried(desk: Desk) -> None:
    made = wishes(desk)
    assert (set(made), made["all"].parts) == (set(KINDS), tuple(BulkPart))


def test_nobody_becomes_owner_unasked(desk: Desk) -> None:
    desk.act(wishes(desk)["owner"])
    states = [request.state for request in desk.session.exec(select(Ownership))]
    assert states == [OwnerState.REQUESTED] * 3


def test_progress_moves_by_an_update_with_its_author(desk: Desk) -> None:
    desk.act(wishes(desk)["progress"])
    updates = desk.session.exec(select(Update)).all()
    told_of = {(update.note, update.progress, update.author_id) for update in updates}
    assert (len(updates), told_of) == (3, {("Nobody has paper", Progress.WAITING, desk.ana.id)})


def test_a_due_day_put_back_was_never_promised(desk: Desk) -> None:
    edit = desk.act(BulkWish(due=DueRule(own_due_on=DAY), reason="so")).edit
    assert desk.items[0].promised_on == DAY
    assert edit
    desk.undo(edit)
    assert (desk.items[0].own_due_on, desk.items[0].promised_on) == (None, None)


@pytest.mark.parametrize(
    ("values", "wish", "why"),
    [
        ({"theme": "hall"}, BulkWish(theme="hall"), LeftBecause.ALREADY),
        ({"theme": None}, BulkWish(theme=""), LeftBecause.ALREADY),
        ({"kind": ItemKind.CALL}, BulkWish(kind=ItemKind.CALL), LeftBecause.ALREADY),
        ({"own_due_on": DAY}, BulkWish(due=DueRule(own_due_on=DAY)), LeftBecause.ALREADY),
        ({"visibility": Visibility.PUBLISHED}, BulkWish(visibility=Visibility.PUBLISHED), LeftBecause.ALREADY),
        ({"progress": Progress.DONE}, BulkWish(step=ProgressStep(Progress.DONE), note="x"), LeftBecause.ALREADY),
        (
            {"progress": Progress.DONE},
            BulkWish(step=ProgressStep(Progress.NO_LONGER_PURSUED), note="x"),
            LeftBecause.NOT_ALLOWED,
        ),
        ({"progress": Progress.DONE}, BulkWish(step=ProgressStep(Progress.IN_PROGRESS)), None),
        ({"progress": Progress.DONE}, BulkWish(due=DueRule(own_due_on=DAY)), LeftBecause.CLOSED),
        ({"progress": Progress.DONE}, BulkWish(owner=1), LeftBecause.CLOSED),
        ({"progress": Progress.DONE}, BulkWish(theme="hall"), None),
        ({}, BulkWish(sent_on=DAY), LeftBecause.NOBODY_TO_PUT_IT_TO),
        ({}, BulkWish(note="x"), None),
    ],
)
def test_an_item_is_left_alone_for_a_reason(session: Session, values: dict[str, Any], wish: BulkWish, why: Any) -> None:
    item = make_item(session, make_register(session), **values)
    standing = item_standings(session, [item], TODAY)[0]
    assert set(outcome(standing, wish).values()) == {why}


def test_who_is_being_asked_is_not_asked_again(desk: Desk) -> None:
    bo, ana = party_of(desk.session, desk.bo), party_of(desk.session, desk.ana)
    make_ownership(desk.session, desk.items[0], bo, state=OwnerState.REQUESTED)
    make_ownership(desk.session, desk.items[1], bo)
    make_ownership(desk.session, desk.items[2], ana)
    found = [outcome(desk.standing(place), BulkWish(owner=bo.id))[BulkPart.OWNER] for place in range(3)]
    assert found == [LeftBecause.HAS_OPEN_REQUEST, LeftBecause.ALREADY, None]


def test_an_item_is_put_only_to_whom_it_was_not_put_yet(desk: Desk) -> None:
    bo, ana = party_of(desk.session, desk.bo), party_of(desk.session, desk.ana)
    make_addressee(desk.session, desk.items[0], bo, response=ResponseState.TAKEN_UP, answered_by="Bo")
    make_addressee(desk.session, desk.items[0], ana)
    make_addressee(desk.session, desk.items[1], bo, response=ResponseState.TAKEN_UP, answered_by="Bo")
    edit = desk.act(BulkWish(sent_on=TODAY)).edit
    states = desk.session.exec(select(Addressee.response).order_by(col(Addressee.id))).all()
    assert states == [ResponseState.TAKEN_UP, ResponseState.SENT, ResponseState.TAKEN_UP]
    assert edit
    assert [row.item_id for row in desk.session.exec(select(BulkChange))] == [desk.items[0].id]


def test_what_changed_meanwhile_is_left_and_told(desk: Desk) -> None:
    seen = desk.seen()
    changes.publish(desk.session, desk.items[1], by=desk.by, now=NOW)
    acted = desk.act(BulkWish(theme="hall"), seen)
    assert acted.meanwhile == [desk.items[1]]
    assert [item.theme for item in desk.items] == ["hall", None, "hall"]


def test_what_somebody_changed_since_is_not_put_back(desk: Desk) -> None:
    edit = desk.act(BulkWish(theme="hall")).edit
    assert edit
    changes.publish(desk.session, desk.items[1], by=desk.by, now=NOW)
    assert desk.undo(edit) == ([desk.items[0], desk.items[2]], [desk.items[1]])
    assert [item.theme for item in desk.items] == [None, "hall", None]


def test_it_is_put_back_once(desk: Desk) -> None:
    edit = desk.act(BulkWish(theme="hall")).edit
    assert edit
    desk.undo(edit)
    with pytest.raises(Refused, match="undone already"):
        desk.undo(edit)


def test_where_nothing_would_change_nothing_is_kept(desk: Desk) -> None:
    assert desk.act(BulkWish(theme="")).edit is None
    assert desk.session.exec(select(BulkEdit)).all() == []


def test_more_than_five_hundred_items_are_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="500"):
        desk.act(BulkWish(theme="hall"), dict.fromkeys(range(501), 0))


def test_another_registers_item_is_not_touched(desk: Desk) -> None:
    other = make_item(desk.session, make_register(desk.session, slug="park"), number=77)
    assert desk.act(BulkWish(theme="hall"), {77: desk.standing().last_event}).edit is None
    assert other.theme is None


def test_an_act_is_listed_with_who_did_and_undid_it(desk: Desk) -> None:
    edit = desk.act(BulkWish(theme="hall")).edit
    assert edit
    desk.undo(edit)
    listed = [(one.by, one.undone_by, one.count) for one in bulk_edits(desk.session, desk.board.id)]
    assert listed == [("Ana Silva", "Ana Silva", 3)]


def test_who_owns_or_helps_hears_of_it_but_not_who_does_it(desk: Desk) -> None:
    make_ownership(desk.session, desk.items[0], party_of(desk.session, desk.ana))
    make_ownership(desk.session, desk.items[1], party_of(desk.session, desk.bo))
    ids = [item.id for item in desk.items]
    assert audience_names(desk.session, ids, but=desk.ana.id) == ["Bo Berg"]


def test_what_people_wrote_is_not_kept_twice(desk: Desk) -> None:
    wish = replace(wishes(desk)["all"], message="secret", reason="secret", note="secret")
    assert "secret" not in str(stored_wish(wish))


def test_a_sample_goes_with_what_was_changed_in_it(desk: Desk) -> None:
    desk.act(BulkWish(theme="hall"))
    desk.board.is_sample = True
    remove_sample(desk.session, desk.board, by=desk.by, now=NOW)
    desk.session.commit()
    left = [desk.session.exec(select(table)).all() for table in (BulkEdit, BulkChange, Item)]
    assert left == [[], [], []]
