"""What a reader may do with an item, beside reading it."""

from dataclasses import dataclass

from sqlmodel import col, select

from tracker.items.closing_views import parties_entitled
from tracker.items.details import ItemDetails, accepted_ownership
from tracker.items.models import Item, Progress
from tracker.items.ownership import is_answerer, was_requested_to_own
from tracker.items.party_choices import Choice, form_choices
from tracker.items.party_models import Addressee, Ownership
from tracker.items.queries import read_inside
from tracker.people.queries import parties_of
from tracker.web.app import context


@dataclass(frozen=True)
class ItemPermissions:
    """What the reader may do with this item beside reading it."""

    #: serves in the item's register: reads who works for it
    serves: bool
    #: reads what is internal of the item
    is_inside: bool
    #: may answer the open request to own it, for themselves, or for a party that cannot sign in
    answers: bool
    #: may set when it is due
    steers: bool
    #: the parties whose responses they may record; the secretariat records all
    responds_for: frozenset[int]
    follows: bool
    #: it waits for the reader
    is_waited_for: bool


# Most readers are strangers, and for them no statement is run.
STRANGER = ItemPermissions(
    serves=False,
    is_inside=False,
    answers=False,
    steers=False,
    responds_for=frozenset(),
    follows=False,
    is_waited_for=False,
)


def reader_of(item: Item, details: ItemDetails, *, is_inside: bool, follows: bool) -> ItemPermissions:
    """Return what the reader may do with the item that has these parts."""
    person = context.person_or_none()
    if person is None:
        return STRANGER
    steers = context.is_secretariat() or (details.owner is not None and may_answer(details.owner.ownership))
    return ItemPermissions(
        serves=item.body_id in context.sight().register_ids,
        is_inside=is_inside,
        answers=details.request is not None and may_answer(details.request.ownership),
        steers=steers,
        responds_for=_responds_for(item, {answer.party.id for answer in details.answers}),
        follows=follows,
        is_waited_for=_waits_for(item, person.id),
    )


def parties_offered() -> list[Choice]:
    """Return the parties that a form offers to the reader, by name."""
    return form_choices(context.session(), context.body_id(), context.sight())


def reads_inside(item: Item) -> bool:
    """Tell whether the reader sees what is internal of the item: a question only where they are a mere rapporteur."""
    sight = context.sight()
    # The common case costs no statement.
    if item.body_id not in sight.only_rapporteur_in:
        return sight.sees_all_of(item.body_id)
    return item.id in read_inside(context.session(), [item.id], sight)


def _waits_for(item: Item, person_id: int) -> bool:
    if item.progress is not Progress.WAITING or item.waiting_for is None:
        return False
    return item.waiting_for in parties_of(context.session(), person_id)


def may_answer(ownership: Ownership) -> bool:
    """Tell whether the reader answers for the party. For one that cannot sign in the secretariat records the answer."""
    person = context.person_or_none()
    return person is not None and is_answerer(context.session(), ownership, person.id)


def was_asked(item: Item) -> bool:
    """Tell whether the reader was once asked to own it: a link in a mail outlives the request."""
    person = context.person_or_none()
    return person is not None and was_requested_to_own(context.session(), item, person.id)


def responds_for(item: Item) -> frozenset[int]:
    """Return the parties named in the item for which the reader may say what they answer."""
    addressee = context.session().exec(select(Addressee.party_id).where(col(Addressee.item_id) == item.id))
    return _responds_for(item, set(addressee))


def says_of_closing(item: Item) -> tuple[int, ...]:
    """Return the proposer and the supporters for which the reader may say what they hold of the closing."""
    session = context.session()
    person = context.person_or_none()
    if person is None or item.body_id not in context.sight().register_ids:
        return ()
    parties = parties_entitled(session, item)
    if context.is_secretariat():
        return tuple(parties)
    own = parties_of(session, person.id)
    return tuple(party for party in parties if party in own)


def _responds_for(item: Item, addressee: set[int]) -> frozenset[int]:
    session = context.session()
    person = context.person_or_none()
    if person is None or item.body_id not in context.sight().register_ids:
        return frozenset()
    if context.is_secretariat():
        return frozenset(addressee)
    return frozenset(addressee & parties_of(session, person.id))


def may_steer(item: Item) -> bool:
    """Tell whether the reader may set when it is due: the secretariat, and who owns it or answers for its owner."""
    if context.is_secretariat():
        return True
    owner = accepted_ownership(context.session(), item)
    return owner is not None and may_answer(owner)
