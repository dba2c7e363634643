"""Whose record a reader may change, where the access table cannot know it."""

from tracker.db import find_row
from tracker.people.models import Body, Party, Person
from tracker.people.queries import register_of, registers
from tracker.people.register import is_kept_elsewhere
from tracker.web.app import context


def may_change(person: Person) -> bool:
    """Tell whether the reader may change the person's record.

    People belong to no register, and an address is the key to an account: a secretariat keeps only those who serve
    nowhere else and do not run the installation, under any of the records that were merged.
    """
    reader = context.person_or_none()
    if reader is None or person.erased_on is not None:
        return False
    if reader.is_operator:
        return True
    return context.is_secretariat() and not is_kept_elsewhere(context.session(), context.body_id(), person)


def may_change_party(party: Party) -> bool:
    """Tell whether the reader may change a body or a class: of those outside every register the first one keeps."""
    if not context.is_secretariat():
        return False
    session = context.session()
    body = find_row(session, Body, party.body_id)
    if body is not None and register_of(body) == context.body_id():
        return True
    if body is not None:
        register = find_row(session, Body, register_of(body))
        if register is not None and register.is_register:
            return False
    # Every register names these parties. If each could change them, one would overwrite what another relies on.
    return registers(session)[0].id == context.body_id()
