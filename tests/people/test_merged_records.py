"""Two records of one person become one for whoever reads, and two again when that was wrong."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, TODAY, make_person, make_register, make_term, party_id_of
from tests.people.roles import roles_in
from tracker.errors import Refused
from tracker.history import Wording
from tracker.history_queries import of_subject
from tracker.people.changes import add_label, edit_person
from tracker.people.details import PersonDetails
from tracker.people.merged_records import keeper_of, merge, merged_into, undo_merge
from tracker.people.models import Person, Role
from tracker.people.queries import parties_of, party_names
from tracker.people.register import labels_of, people_of
from tracker.people.terms import Days, add_term


def two(session: Session) -> tuple[Person, Person]:
    """Franklin Netto, who has an account, and a Nedo who was misheard."""
    return make_person(session, "Franklin Netto"), make_person(session, "F Nedo", email=None)


def merged(session: Session) -> tuple[Person, Person]:
    keeper, other = two(session)
    merge(session, other, keeper, by=SYSTEM, now=NOW)
    session.commit()
    return keeper, other


def test_whoever_shows_either_shows_one_name(any_session: Session) -> None:
    keeper, other = merged(any_session)
    shown = party_names(any_session, {party_id_of(any_session, keeper), party_id_of(any_session, other)})
    assert set(shown.values()) == {"Franklin Netto"}


def test_what_one_record_owes_the_person_owes(any_session: Session) -> None:
    keeper, other = merged(any_session)
    assert parties_of(any_session, keeper.id) >= {party_id_of(any_session, other)}


def test_a_role_of_either_record_is_the_persons(session: Session) -> None:
    keeper, other = two(session)
    board = make_register(session)
    make_term(session, other, board, Role.RAPPORTEUR)
    merge(session, other, keeper, by=SYSTEM, now=NOW)
    session.flush()
    assert roles_in(session, keeper, board, NOW) == {Role.RAPPORTEUR}


def test_names_as_printed_of_either_record_are_the_persons(session: Session) -> None:
    keeper, other = two(session)
    board = make_register(session).id
    add_label(session, keeper, board, "MR NETTO", by=SYSTEM, now=NOW)
    add_label(session, other, board, "FRANKLIN NEDO", by=SYSTEM, now=NOW)
    merge(session, other, keeper, by=SYSTEM, now=NOW)
    assert [label.text for label in labels_of(session, board, keeper)] == ["FRANKLIN NEDO", "MR NETTO"]
    assert people_of(session, board) == [keeper]


def test_a_new_name_goes_to_both(session: Session) -> None:
    keeper, other = merged(session)
    details = PersonDetails("Franklin Silva Netto", email=keeper.email)
    edit_person(session, keeper, details, version=keeper.version, by=SYSTEM, now=NOW)
    assert other.name == "Franklin Silva Netto"


def test_undoing_it_gives_the_old_name_back(any_session: Session) -> None:
    keeper, other = merged(any_session)
    undo_merge(any_session, other, by=SYSTEM, now=NOW)
    any_session.commit()
    assert (other.name, other.merged_into_id, keeper.name) == ("F Nedo", None, "Franklin Netto")


def test_the_record_follows_to_the_one_that_stands_for_it(session: Session) -> None:
    keeper, other = merged(session)
    assert keeper_of(session, other) is keeper
    assert keeper_of(session, keeper) is keeper
    assert merged_into(session, keeper) == [other]


def test_both_histories_tell_of_it(session: Session) -> None:
    keeper, other = merged(session)
    assert of_subject(session, f"person:{keeper.id}")[-1].verb == "merged with"
    assert of_subject(session, f"person:{other.id}")[-1].verb == "merged"


def test_a_merged_record_cannot_sign_in(session: Session) -> None:
    _, other = merged(session)
    assert not other.is_active
    assert other.token_epoch == 1


def test_merging_and_undoing_it_end_the_sessions_of_whoever_gains_or_loses_rights(session: Session) -> None:
    keeper, other = merged(session)
    assert keeper.token_epoch == 1
    undo_merge(session, other, by=SYSTEM, now=NOW)
    assert keeper.token_epoch == 2


def test_a_new_role_of_a_merged_record_ends_the_sessions_of_the_one_that_stands_for_it(session: Session) -> None:
    keeper, other = merged(session)
    before = keeper.token_epoch
    add_term(session, other, make_register(session), Role.MEMBER, Days(TODAY), by=SYSTEM, now=NOW)
    assert keeper.token_epoch == before + 1


def test_a_role_that_a_merged_record_has_is_not_given_twice(session: Session) -> None:
    keeper, other = merged(session)
    board = make_register(session)
    make_term(session, other, board)
    with pytest.raises(Refused, match="already"):
        add_term(session, keeper, board, Role.MEMBER, Days(TODAY), by=SYSTEM, now=NOW)


def test_nobody_is_merged_with_themselves(session: Session) -> None:
    keeper, _ = two(session)
    with pytest.raises(Refused, match=r"^Choose another person\.$"):
        merge(session, keeper, keeper, by=SYSTEM, now=NOW)


def test_the_account_is_not_merged_away(session: Session) -> None:
    keeper, other = two(session)
    with pytest.raises(Refused, match="has the account"):
        merge(session, keeper, other, by=SYSTEM, now=NOW)


def test_merging_goes_one_step_only(session: Session) -> None:
    keeper, other = merged(session)
    third = make_person(session, "Third")
    with pytest.raises(Refused, match=r"^One of the two has been merged already\. Undo that first\.$"):
        merge(session, third, other, by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match="other way round"):
        merge(session, keeper, third, by=SYSTEM, now=NOW)


def test_an_erased_person_is_not_merged(session: Session) -> None:
    keeper, other = two(session)
    other.erased_on = date(2012, 11, 1)
    with pytest.raises(Refused, match="erased"):
        merge(session, other, keeper, by=SYSTEM, now=NOW)


def test_what_was_not_merged_cannot_be_undone(session: Session) -> None:
    keeper, _ = two(session)
    with pytest.raises(Refused, match="has not been merged"):
        undo_merge(session, keeper, by=SYSTEM, now=NOW)


def test_a_merge_stays_once_the_earlier_name_is_erased(session: Session) -> None:
    _, other = merged(session)
    session.exec(sa.update(Wording).values(text=None))
    with pytest.raises(Refused) as refusal:
        undo_merge(session, other, by=SYSTEM, now=NOW)
    assert str(refusal.value) == "The earlier name of this record has been erased. Leave the two merged."
