"""An example's items may have a past: answers, an owner, updates."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW
from tests.seed.sample import write
from tracker.history import Event
from tracker.items.models import Item, Progress
from tracker.items.party_models import Addressee, Helper, Ownership, OwnerState, ResponseState
from tracker.meetings.models import Visibility
from tracker.seed.load_seed import load
from tracker.seed.read_file import SeedError
from tracker.updates.models import Evidence, Update

LAST = "    due: {on: 2013-05-01}\n"
SCHOOLS_ANSWER = "{party: schools, response: taken-up, on: 2012-11-10, answered_by: Their head}"


def happened(session: Session, folder: Path, *lines: str) -> Item:
    """Load the sample with these lines more of its second item, which the schools are asked in too."""
    more = "".join(f"    {line}\n" for line in ("addressed_to: [schools]", *lines))
    load(session, write(folder, (LAST, LAST + more)), now=NOW)
    session.commit()
    return session.exec(select(Item).where(col(Item.number) == 2)).one()


def test_an_item_may_have_begun_on_an_earlier_day(session: Session, tmp_path: Path) -> None:
    item = happened(session, tmp_path, "created_on: 2012-11-01", "visibility: published")
    assert item.created_at == datetime(2012, 11, 1, 11, tzinfo=UTC)
    assert item.visibility is Visibility.PUBLISHED


def test_nothing_happens_later_than_now(session: Session, tmp_path: Path) -> None:
    assert happened(session, tmp_path, "created_on: 2013-11-01").created_at == NOW


def test_an_asked_party_has_answered(any_session: Session, tmp_path: Path) -> None:
    item = happened(any_session, tmp_path, f"responses: [{SCHOOLS_ANSWER}]")
    addressee = any_session.exec(select(Addressee).where(col(Addressee.item_id) == item.id)).one()
    assert (addressee.response, addressee.answered_by) == (ResponseState.TAKEN_UP, "Their head")
    assert addressee.responded_on == date(2012, 11, 10)


def test_a_body_owns_it_through_its_steward(any_session: Session, tmp_path: Path) -> None:
    happened(any_session, tmp_path, "owner: readers", "helpers: [cy-cole]")
    ownership = any_session.exec(select(Ownership)).one()
    assert ownership.state is OwnerState.ACCEPTED
    assert ownership.answers_for_id is not None
    assert any_session.exec(select(Helper)).one()


def test_somebody_is_asked_to_own_it(session: Session, tmp_path: Path) -> None:
    happened(session, tmp_path, "requested_to_own: cy-cole")
    assert session.exec(select(Ownership.state)).one() is OwnerState.REQUESTED


def test_updates_move_the_progress(any_session: Session, tmp_path: Path) -> None:
    first = "{on: 2012-11-08, by: ana-silva, note: Begun., progress: in-progress}"
    second = "{on: 2012-11-09, by: cy-cole, note: Two lent., progress: done-in-part, done: 2, total: 5}"
    item = happened(any_session, tmp_path, "created_on: 2012-11-01", f"updates: [{first}, {second}]")
    assert (item.progress, item.done_count) == (Progress.DONE_IN_PART, 2)
    assert any_session.exec(select(Update.note).order_by(col(Update.made_at))).all() == ["Begun.", "Two lent."]


def test_what_it_waits_for_may_be_funding(session: Session, tmp_path: Path) -> None:
    waiting = "{on: 2012-11-08, by: ana-silva, note: '', progress: waiting, reason: a grant, waiting_kind: funding}"
    assert happened(session, tmp_path, f"updates: [{waiting}]").waiting_kind == "funding"


def test_what_it_waits_for_is_a_party(session: Session, tmp_path: Path) -> None:
    waiting = "{on: 2012-11-08, by: ana-silva, note: '', progress: waiting, waiting_for: schools}"
    assert happened(session, tmp_path, f"updates: [{waiting}]").waiting_for


def test_a_due_date_moves_with_its_reason(any_session: Session, tmp_path: Path) -> None:
    move = "{on: 2012-11-08, by: ana-silva, due: {on: 2013-06-01}, reason: The hall is let.}"
    item = happened(any_session, tmp_path, "created_on: 2012-11-01", f"moves: [{move}]")
    assert (item.own_due_on, item.promised_on) == (date(2013, 6, 1), date(2013, 5, 1))


def test_an_update_has_its_evidence(session: Session, tmp_path: Path) -> None:
    update = "{on: 2012-11-08, by: ana-silva, note: Lent., links: [https://example.org/tools]}"
    happened(session, tmp_path, f"updates: [{update}]")
    assert session.exec(select(Evidence.url)).one() == "https://example.org/tools"


def test_the_past_is_loaded_in_the_order_of_its_days(session: Session, tmp_path: Path) -> None:
    update = "{on: 2012-11-09, by: ana-silva, note: Lent.}"
    happened(session, tmp_path, "created_on: 2012-11-01", f"updates: [{update}]", f"responses: [{SCHOOLS_ANSWER}]")
    of_items = col(Event.subject).startswith("item:")
    moments = session.exec(select(Event.at).where(of_items).order_by(col(Event.id))).all()
    assert list(moments) == sorted(moments)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("responses: [{party: readers, response: taken-up, on: 2012-11-10, answered_by: X}]", "not an addressee"),
        ("responses: [{party: schools, response: not-taken-up, on: 2012-11-10, answered_by: X}]", "Say why"),
        ("updates: [{on: 2012-11-08, by: ana-silva, note: '', progress: done}]", "updates 1: Say in a note"),
    ],
)
def test_what_the_rules_refuse_is_told_with_its_line(session: Session, tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(SeedError, match=said):
        happened(session, tmp_path, line)
