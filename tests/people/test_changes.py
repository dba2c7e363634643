"""People, bodies, classes and names as printed are written with their history."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_person, make_register
from tracker.errors import Refused, Stale
from tracker.history_queries import of_subject, wordings
from tracker.people.changes import (
    add_body,
    add_class,
    add_label,
    add_person,
    drop_label,
    edit_body,
    edit_person,
    name_group,
)
from tracker.people.details import BodyDetails, PersonDetails
from tracker.people.models import GroupSource, Label
from tracker.people.queries import groups, party_by_slug

ANA = PersonDetails("Ana Silva", email="Ana@Example.org", timezone="America/Lima")


def test_a_new_person_is_a_party_of_the_same_name(any_session: Session) -> None:
    person = add_person(any_session, ANA, by=SYSTEM, now=NOW)
    any_session.commit()
    party = party_by_slug(any_session, "ana-silva")
    assert party is not None
    assert (party.person_id, person.email) == (person.id, "ana@example.org")


def test_a_second_person_of_that_name_gets_the_next_slug(session: Session) -> None:
    add_person(session, ANA, by=SYSTEM, now=NOW)
    assert add_person(session, PersonDetails("Ana Silva"), by=SYSTEM, now=NOW).slug == "ana-silva-2"


def test_people_bodies_and_classes_share_one_namespace(session: Session) -> None:
    add_class(session, "Governments", slug="governments", by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match=r"governments.* is taken"):
        add_body(session, BodyDetails("All governments"), slug="governments", by=SYSTEM, now=NOW)


def test_a_slug_that_cannot_stand_in_an_address_is_refused(session: Session) -> None:
    with pytest.raises(Refused, match="small letters"):
        add_person(session, ANA, slug="Ana Silva", by=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " \u200b"}, "name"),
        ({"email": "ana"}, "email"),
        ({"timezone": "Baku"}, "timezone"),
        ({"language": "martian"}, "language"),
        ({"stakeholder_group": "martians"}, "stakeholder_group"),
    ],
)
def test_a_detail_that_cannot_be_is_refused_with_its_field(session: Session, wrong: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        add_person(session, replace(ANA, **wrong), by=SYSTEM, now=NOW)
    assert refusal.value.field == field


def test_an_address_belongs_to_one_person(session: Session) -> None:
    add_person(session, ANA, by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match=r"ana@example\.org belongs to another person already") as refused:
        add_person(session, PersonDetails("Other", email="ANA@example.org"), by=SYSTEM, now=NOW)
    assert "Silva" not in str(refused.value)


def test_an_edit_keeps_what_was_there_before_in_the_history(any_session: Session) -> None:
    person = add_person(any_session, ANA, by=SYSTEM, now=NOW)
    edit_person(any_session, person, replace(ANA, name="Ana Sousa"), version=1, by=SYSTEM, now=NOW)
    any_session.commit()
    line = of_subject(any_session, f"person:{person.id}")[-1]
    assert wordings(any_session, [line])[line.before["name"]["wording"]] == "Ana Silva"
    assert list(line.after) == ["name"]


def test_an_edit_that_changes_nothing_leaves_nothing(session: Session) -> None:
    person = add_person(session, ANA, by=SYSTEM, now=NOW)
    edit_person(session, person, ANA, version=1, by=SYSTEM, now=NOW)
    assert [line.verb for line in of_subject(session, f"person:{person.id}")] == ["added"]


def test_an_edit_of_an_older_version_is_stale(session: Session) -> None:
    person = add_person(session, ANA, by=SYSTEM, now=NOW)
    edit_person(session, person, replace(ANA, affiliation="Here"), version=1, by=SYSTEM, now=NOW)
    with pytest.raises(Stale):
        edit_person(session, person, replace(ANA, affiliation="There"), version=1, by=SYSTEM, now=NOW)


def test_a_new_address_ends_sessions_and_links(session: Session) -> None:
    person = add_person(session, ANA, by=SYSTEM, now=NOW)
    edit_person(session, person, replace(ANA, email="new@example.org"), version=1, by=SYSTEM, now=NOW)
    assert person.token_epoch == 1


def test_an_unknown_group_has_no_source(session: Session) -> None:
    person = add_person(session, replace(ANA, group_source=GroupSource.STATED), by=SYSTEM, now=NOW)
    assert person.group_source is None


def test_a_body_cannot_belong_to_itself(session: Session) -> None:
    above = add_body(session, BodyDetails("Above"), by=SYSTEM, now=NOW)
    below = add_body(session, BodyDetails("Below", parent_id=above.id), by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match="cannot belong to itself"):
        edit_body(session, above, BodyDetails("Above", parent_id=below.id), version=1, by=SYSTEM, now=NOW)


def test_a_body_keeps_its_history_in_the_register_it_belongs_to(session: Session) -> None:
    board = make_register(session)
    body = add_body(session, BodyDetails("Helpers", parent_id=board.id), by=SYSTEM, now=NOW)
    assert of_subject(session, f"body:{body.id}")[0].body_id == board.id


def test_saving_a_body_keeps_the_language_that_the_form_does_not_ask_for(session: Session) -> None:
    body = add_body(session, BodyDetails("Helpers"), by=SYSTEM, now=NOW)
    assert body.language == "en"
    body.language = "fr"
    edit_body(session, body, BodyDetails("More helpers"), version=1, by=SYSTEM, now=NOW)
    assert (body.name, body.language) == ("More helpers", "fr")


def test_a_further_group_may_be_named_once(session: Session) -> None:
    name_group(session, "youth", "Youth")
    name_group(session, "youth", "Young people")
    assert groups(session)["youth"] == "Youth"


def test_a_label_is_one_persons_within_a_register(any_session: Session) -> None:
    board, ana, bo = make_register(any_session), make_person(any_session), make_person(any_session, "Bo Berg")
    add_label(any_session, ana, board.id, "MS SILVA", by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match="MS SILVA” belongs to Ana Silva"):
        add_label(any_session, bo, board.id, "MS  SILVA", by=SYSTEM, now=NOW)


def test_a_label_they_have_is_not_added_again(session: Session) -> None:
    board, ana = make_register(session), make_person(session)
    first = add_label(session, ana, board.id, "MS SILVA", by=SYSTEM, now=NOW)
    assert add_label(session, ana, board.id, "MS SILVA", by=SYSTEM, now=NOW) is first


def test_a_dropped_label_is_remembered(any_session: Session) -> None:
    board, ana = make_register(any_session), make_person(any_session)
    drop_label(any_session, add_label(any_session, ana, board.id, "X", by=SYSTEM, now=NOW), by=SYSTEM, now=NOW)
    any_session.commit()
    assert any_session.exec(select(Label)).all() == []
    assert of_subject(any_session, f"person:{ana.id}")[-1].verb == "label dropped"
