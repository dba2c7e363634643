"""Each part of a bulk edit: done, and undone, by the verbs that change one item."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.bulk.rules import (
    BulkPart,
    BulkWish,
    ItemStanding,
    changing,
    day_from,
    plain_day,
    plain_rule,
    rule_from,
    rule_of,
    sent_to,
)
from tracker.history import Actor
from tracker.items import changes, ownership, responses
from tracker.items.create import ItemContent
from tracker.items.models import Item, ItemKind
from tracker.items.party_models import Addressee, Ownership, OwnerState, ResponseState
from tracker.items.responses import Response
from tracker.meetings.models import Visibility
from tracker.people.models import Person
from tracker.updates import changes as updates
from tracker.updates.models import Update


@dataclass(frozen=True)
class BulkActor:
    """Who makes a bulk edit, when, and what it is to change."""

    session: Session
    wish: BulkWish
    author: Person
    by: Actor
    now: datetime

    @property
    def acting(self) -> dict[str, Any]:
        """Return the arguments that every verb takes."""
        return {"by": self.by, "now": self.now}


def _required(row_id: int | None) -> int:
    """Return the id of a part that is changing, which is therefore in the wish."""
    assert row_id is not None
    return row_id


def change(actor: BulkActor, standing: ItemStanding) -> dict[str, Any]:
    """Change the item; return by part what undoing it needs."""
    return {part.value: DOING[part](actor, standing) for part in changing(standing, actor.wish)}


def _request_owner(actor: BulkActor, standing: ItemStanding) -> Any:
    wish = actor.wish
    request = ownership.request_to_own(
        actor.session,
        standing.item,
        _required(wish.owner),
        answers_for_id=wish.answers_for,
        message=wish.message,
        **actor.acting,
    )
    actor.session.flush()
    return request.id


def _add_helper(actor: BulkActor, standing: ItemStanding) -> Any:
    ownership.add_helper(actor.session, standing.item, _required(actor.wish.helper), **actor.acting)
    return actor.wish.helper


# The version is that of this moment: the items are locked, and what was seen is compared once for all.
def _edit(actor: BulkActor, item: Item, **values: Any) -> None:
    content = replace(ItemContent.of(item), **values)
    changes.edit(actor.session, item, content, seen_version=item.version, **actor.acting)


def _set_theme(actor: BulkActor, standing: ItemStanding) -> Any:
    before = standing.item.theme
    _edit(actor, standing.item, theme=actor.wish.theme or None)
    return before


def _set_kind(actor: BulkActor, standing: ItemStanding) -> Any:
    before = standing.item.kind
    _edit(actor, standing.item, kind=actor.wish.kind)
    return before.value


def _set_due(actor: BulkActor, standing: ItemStanding) -> Any:
    item = standing.item
    rule = actor.wish.due or changes.DueRule()
    before = {**plain_rule(rule_of(item)), "promised_on": plain_day(item.promised_on)}
    changes.set_due(actor.session, item, rule, reason=actor.wish.reason, seen_version=item.version, **actor.acting)
    return before


def _publish_or_unpublish(actor: BulkActor, item: Item, visibility: Visibility) -> None:
    if visibility is Visibility.PUBLISHED:
        changes.publish(actor.session, item, **actor.acting)
    else:
        changes.unpublish(actor.session, item, **actor.acting)


def _set_visibility(actor: BulkActor, standing: ItemStanding) -> Any:
    before = standing.item.visibility
    _publish_or_unpublish(actor, standing.item, actor.wish.visibility or before)
    return before.value


def _name_addressee(actor: BulkActor, standing: ItemStanding) -> Any:
    addressee = responses.name_addressee(actor.session, standing.item, _required(actor.wish.addressee), **actor.acting)
    actor.session.flush()
    return addressee.id


def _send(actor: BulkActor, standing: ItemStanding) -> Any:
    """Record that the item was sent to its addressees of the wish, with the one that was added a moment ago."""
    addressees = select(Addressee).where(
        col(Addressee.item_id) == standing.item.id, col(Addressee.party_id).in_(sent_to(standing, actor.wish))
    )
    response = Response(ResponseState.SENT, responded_on=actor.wish.sent_on)
    sent: list[int] = []
    for addressee in actor.session.exec(addressees.order_by(col(Addressee.id))).all():
        responses.record_response(actor.session, addressee, response, **actor.acting)
        sent.append(addressee.id)
    return sent


def _record(actor: BulkActor, standing: ItemStanding) -> Any:
    before = standing.item.progress
    update = updates.record(
        actor.session, standing.item, actor.author, actor.wish.note, progress=actor.wish.step, **actor.acting
    )
    # Both, for the update alone does not say what the progress was before.
    return {"update": update.id, "progress": before.value}


DOING: dict[BulkPart, Callable[[BulkActor, ItemStanding], Any]] = {
    BulkPart.OWNER: _request_owner,
    BulkPart.HELPER: _add_helper,
    BulkPart.THEME: _set_theme,
    BulkPart.KIND: _set_kind,
    BulkPart.DUE: _set_due,
    BulkPart.VISIBILITY: _set_visibility,
    BulkPart.ADDRESSEE: _name_addressee,
    BulkPart.PUT: _send,
    BulkPart.PROGRESS: _record,
}


def restore_parts(actor: BulkActor, item: Item, was: Mapping[str, Any]) -> None:
    """Restore each part as it was, the last one first."""
    for part in reversed(BulkPart):
        # Last first: a response must be undone before the addressee that gave it can go.
        if part in was:
            UNDOING[part](actor, item, was[part])


def _withdraw(actor: BulkActor, _item: Item, request: int) -> None:
    requested = actor.session.get_one(Ownership, request)
    # Whoever answered meanwhile keeps their answer.
    if requested.state is OwnerState.REQUESTED:
        ownership.withdraw_request(actor.session, requested, **actor.acting)


def _remove_helper(actor: BulkActor, item: Item, person: int) -> None:
    ownership.remove_helper(actor.session, item, person, **actor.acting)


def _restore_theme(actor: BulkActor, item: Item, theme: str | None) -> None:
    _edit(actor, item, theme=theme)


def _restore_kind(actor: BulkActor, item: Item, kind: str) -> None:
    _edit(actor, item, kind=ItemKind(kind))


def _restore_due(actor: BulkActor, item: Item, was: dict[str, Any]) -> None:
    promised_on = day_from(was["promised_on"])
    changes.restore_due(actor.session, item, rule_from(was), promised_on, reason=actor.wish.reason, **actor.acting)


def _restore_visibility(actor: BulkActor, item: Item, was: str) -> None:
    _publish_or_unpublish(actor, item, Visibility(was))


def _drop_addressee(actor: BulkActor, _item: Item, addressee: int) -> None:
    responses.drop_addressee(actor.session, actor.session.get_one(Addressee, addressee), **actor.acting)


def _unsend(actor: BulkActor, _item: Item, sent: list[int]) -> None:
    for addressee_id in sent:
        addressee = actor.session.get_one(Addressee, addressee_id)
        response = Response(ResponseState.NOT_YET_SENT)
        responses.record_response(actor.session, addressee, response, **actor.acting)


def _revert_update(actor: BulkActor, _item: Item, was: dict[str, Any]) -> None:
    updates.revert_update(actor.session, actor.session.get_one(Update, was["update"]), actor.author, **actor.acting)


UNDOING: dict[BulkPart, Callable[[BulkActor, Item, Any], None]] = {
    BulkPart.OWNER: _withdraw,
    BulkPart.HELPER: _remove_helper,
    BulkPart.THEME: _restore_theme,
    BulkPart.KIND: _restore_kind,
    BulkPart.DUE: _restore_due,
    BulkPart.VISIBILITY: _restore_visibility,
    BulkPart.ADDRESSEE: _drop_addressee,
    BulkPart.PUT: _unsend,
    BulkPart.PROGRESS: _revert_update,
}
