"""A small world: one body with a person in each role, another body, an operator."""

from dataclasses import dataclass

from sqlmodel import Session

from tests.factories import make_person, make_register, make_term
from tracker.db import Sessions
from tracker.people.models import Body, Role


@dataclass(frozen=True)
class World:
    """Numbers of the rows that every web test can rely on."""

    register: int
    other_register: int
    member: int
    secretariat: int
    rapporteur: int
    chair: int
    operator: int
    stranger_member: int


def _serving(session: Session, name: str, body: Body, role: Role) -> int:
    person = make_person(session, name)
    make_term(session, person, body, role)
    return person.id


def make_world(sessions: Sessions) -> World:
    """The Library Board with one person in each role, and the Park Board with a member of its own."""
    with sessions.writing() as session:
        board = make_register(session, timezone="Europe/Zurich")
        park = make_register(session, slug="park-board", name="Park Board")
        return World(
            register=board.id,
            other_register=park.id,
            member=_serving(session, "Mira Member", board, Role.MEMBER),
            secretariat=_serving(session, "Sara Secretary", board, Role.SECRETARIAT),
            rapporteur=_serving(session, "Rafa Rapporteur", board, Role.RAPPORTEUR),
            chair=_serving(session, "Chen Chair", board, Role.CHAIR),
            operator=make_person(session, "Olga Operator", is_operator=True).id,
            stranger_member=_serving(session, "Pia Parkwoman", park, Role.MEMBER),
        )
