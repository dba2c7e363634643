"""Whom somebody means who types a name: a party by its name or slug, a person by their mail address too."""

from sqlmodel import Session

from tracker.items.party_choices import Choice, form_choices
from tracker.people.queries import Sight, person_by_email
from tracker.text import clean_line


def find_party(session: Session, body_id: int, sight: Sight, text: str) -> int | None:
    """Return the party of the register that the text names; None for nobody, and where several may be meant.

    Some words of the name do where one name alone has them: "secretariat" is the body "IGF Secretariat".
    """
    name = clean_line(text).casefold()
    if not name:
        return None
    choices = form_choices(session, body_id, sight)
    by_name = [choice for choice in choices if name in (choice.name.casefold(), choice.slug)]
    in_part = [choice for choice in choices if {*name.split()} <= {*choice.name.casefold().split()}]
    for candidates in (by_name, _with_address(session, choices, name), in_part):
        if candidates:
            return _only(candidates)
    return None


def _with_address(session: Session, choices: list[Choice], address: str) -> list[Choice]:
    person = person_by_email(session, address)
    return [choice for choice in choices if person is not None and choice.person_id == person.id]


def _only(candidates: list[Choice]) -> int | None:
    if len(candidates) == 1:
        return candidates[0].id
    return None
