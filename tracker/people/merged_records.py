"""Two records of one person: one is merged into the other, and bears its name until that is undone.

Foreign keys keep pointing to the record they were written for. Whoever reads follows `merged_into_id`; whoever only
shows a name finds the right one on both records.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from tracker.errors import Refused
from tracker.history import Actor, Words, leave
from tracker.history_queries import of_subject, wordings
from tracker.history_verbs import Verb
from tracker.people.models import Person


def merge(session: Session, person: Person, keeper: Person, *, by: Actor, now: datetime) -> None:
    """Merge the person's record into the keeper's, whose name and account stay.

    Raises Refused where the two cannot be merged, or only the other way round.
    """
    _refuse(session, person, keeper)
    before = {"name": Words(person.name), "merged_into": None}
    person.merged_into_id = keeper.id
    person.name = keeper.name
    # Both records' roles are the keeper's now, and nobody signs in with the merged one.
    person.token_epoch += 1
    end_sessions(session, keeper, by=by)
    person.version += 1
    session.add(person)
    leave(session, person, Verb.MERGED, by=by, now=now, before=before, after={"merged_into": keeper.id})
    leave(session, keeper, Verb.MERGED_WITH, by=by, now=now, after={"merged": person.id})


def undo_merge(session: Session, person: Person, *, by: Actor, now: datetime) -> None:
    """Separate the record again, under the name it had; raises Refused where that name has been erased."""
    keeper_id = person.merged_into_id
    if keeper_id is None:
        raise Refused("This person has not been merged with another. Reload the page.")
    person.name = _name_before(session, person)
    # Before the two are separated: the roles that go with this record were the keeper's.
    end_sessions(session, person, by=by)
    person.merged_into_id = None
    person.version += 1
    session.add(person)
    leave(session, person, Verb.MERGE_UNDONE, by=by, now=now, before={"merged_into": keeper_id})
    leave(session, f"person:{keeper_id}", Verb.MERGE_UNDONE_WITH, by=by, now=now, before={"merged": person.id})


def end_sessions(session: Session, person: Person, *, by: Actor) -> None:
    """End the sessions and links of the record's person, because what they may do changes; but not the actor's own."""
    keeper = keeper_of(session, person)
    if by.person_id != keeper.id:
        keeper.token_epoch += 1
        session.add(keeper)


def merged_into(session: Session, keeper: Person) -> list[Person]:
    """Return the records that were merged into this one."""
    return list(session.exec(select(Person).where(col(Person.merged_into_id) == keeper.id).order_by(col(Person.id))))


def keeper_of(session: Session, person: Person) -> Person:
    """Return the record that stands for the person: their own, or the one it was merged into."""
    if person.merged_into_id:
        return session.get_one(Person, person.merged_into_id)
    return person


def _refuse(session: Session, person: Person, keeper: Person) -> None:
    if person.id == keeper.id:
        raise Refused("Choose another person.", "keeper")
    if person.erased_on or keeper.erased_on:
        raise Refused("An erased person cannot be merged. Choose another.", "keeper")
    if person.merged_into_id or keeper.merged_into_id:
        raise Refused("One of the two has been merged already. Undo that first.", "keeper")
    if merged_into(session, person):
        raise Refused(
            "Others have been merged with %(name)s. Merge the two the other way round.", "keeper", name=person.name
        )
    if (person.email and not keeper.email) or person.is_operator:
        raise Refused("%(name)s has the account. Merge the two the other way round.", "keeper", name=person.name)


def _name_before(session: Session, person: Person) -> str:
    line = next(event for event in reversed(of_subject(session, person.history_key())) if event.verb == Verb.MERGED)
    name = wordings(session, [line]).get(line.before["name"]["wording"])
    if name is None:
        raise Refused("The earlier name of this record has been erased. Leave the two merged.")
    return name
