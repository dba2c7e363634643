"""What somebody is in a register at a moment, as the pages ask it in two steps."""

from datetime import datetime

from sqlmodel import Session

from tracker.people.models import Body, Person, Role
from tracker.people.queries import current_roles, roles_from


def roles_in(session: Session, person: Person, register: Body, now: datetime) -> set[Role]:
    """The person's roles in the register, or in a body that belongs to it."""
    return roles_from(current_roles(session, person, now), register)
