"""An item that waits for somebody: who hears of it in a digest, and a word where nobody does."""

from flask_babel import gettext
from sqlmodel import Session, col, select

from tracker.items.models import Item, Progress
from tracker.items.queries import item_by_number
from tracker.people.models import Frequency, Party, Person, Subscription
from tracker.people.queries import party_names, sight_of
from tracker.web.app import context


def word_on(item: Item) -> str | None:
    """Return for the writer whether the party that the item waits for will read so in its next digest."""
    if item.progress is not Progress.WAITING or item.waiting_for is None:
        return None
    session = context.session()
    who = _answering(session, item.waiting_for)
    if context.person().id in {person.id for person in who}:
        return None
    name = party_names(session, {item.waiting_for})[item.waiting_for]
    if any(_reads(session, person, item) for person in who):
        return str(gettext("%(name)s reads in the next digest that this waits for them.", name=name))
    return str(gettext("No digest tells %(name)s that this waits for them: write to them yourself.", name=name))


def _answering(session: Session, party_id: int) -> list[Person]:
    party = session.get_one(Party, party_id)
    numbers = {party.person_id, party.steward_id, party.second_id} - {None}
    return [person for person in session.exec(select(Person).where(col(Person.id).in_(numbers))) if person.is_active]


def _reads(session: Session, person: Person, item: Item) -> bool:
    digest = session.get(Subscription, person.id)
    if person.email is None or digest is None or digest.frequency is Frequency.NEVER:
        return False
    sight = sight_of(session, person, context.now())
    return item.body_id in sight.register_ids and item_by_number(session, item.body_id, item.number, sight) is not None
