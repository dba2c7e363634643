"""What a person's or a body's record may hold, and what the message says otherwise."""

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_person
from tracker.errors import Refused
from tracker.people.changes import add_body, edit_body
from tracker.people.details import BodyDetails, PersonDetails, body_values, clean_address, details_of, person_values


@pytest.mark.parametrize(
    ("details", "field", "message"),
    [
        ({"name": " \u200b"}, "name", "may not be empty. Write something here"),
        ({"email": "no address"}, "email", "is not a mail address. Correct it"),
        ({"timezone": "Europe/Nowhere"}, "timezone", "is not a time zone. Enter one like Europe/Zurich"),
        ({"language": "xx-nowhere"}, "language", "is not a language. Enter one like en or pt-BR"),
        ({"stakeholder_group": "kings"}, "stakeholder_group", "is not a stakeholder group here. Choose one"),
    ],
)
def test_bad_details_are_refused_beside_their_field(
    session: Session, details: dict[str, str], field: str, message: str
) -> None:
    with pytest.raises(Refused, match=message) as refusal:
        person_values(session, PersonDetails(**{"name": "Ana Silva", **details}), None)
    assert refusal.value.field == field


def test_an_address_belongs_to_one_person(session: Session) -> None:
    ana = make_person(session)
    details = PersonDetails("Bo Berg", email="ANA@example.org")
    with pytest.raises(Refused, match="belongs to another person already"):
        person_values(session, details, None)
    assert person_values(session, details, ana)["email"] == "ana@example.org"


def test_the_details_of_a_record_change_nothing(session: Session) -> None:
    ana = make_person(session, affiliation="River Watch", timezone="Europe/Zurich")
    values = person_values(session, details_of(ana), ana)
    assert values == {name: getattr(ana, name) for name in values}


def test_a_body_does_not_belong_to_itself(session: Session) -> None:
    above = add_body(session, BodyDetails("Board"), by=SYSTEM, now=NOW)
    below = add_body(session, BodyDetails("Committee", parent_id=above.id), by=SYSTEM, now=NOW)
    with pytest.raises(Refused, match="cannot belong to itself") as refusal:
        edit_body(session, above, BodyDetails("Board", parent_id=below.id), version=above.version, by=SYSTEM, now=NOW)
    assert refusal.value.field == "parent_id"
    assert body_values(session, BodyDetails("Committee", parent_id=above.id), below)["parent_id"] == above.id


def test_no_address_is_no_fault() -> None:
    assert clean_address(" ") is None
