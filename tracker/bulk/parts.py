"""Each part of a change in bulk: done through the verb that changes one item, and put back through one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from tracker.bulk.rules import BulkPart, BulkWish, ItemStanding, changing, plain_rule, rule_from, rule_of, sent_to
from tracker.history import Actor
from tracker.items import changes, ownership, responses
from tracker.items.changes import ItemContent
from tracker.items.models import Addressee, Item, ItemKind, Ownership, OwnerState, ResponseState
from tracker.items.responses import Response
from tracker.meetings.models import Visibility
from tracker.people.models import Person
from tracker.updates import changes as updates
from tracker.updates.models import Update


@dataclass(frozen=True)
class BulkActor:
    """Who does it, when, and what is wished."""

    session: Session
    wish: BulkWish
    author: Person
    by: Actor
    now: datetime
    requests: list[Ownership]

    @property
    def acting(self) -> dict[str, Any]:
        """Return what every verb is told."""
        return {"by": self.by, "now": self.now}


def change(hand: BulkActor, standing: ItemStanding) -> dict[str, Any]:
    """Change each part that changes; return what is needed to put it back."""
    return {part.value: DOING[part](hand, standing) for part in changing(standing, hand.wish)}


def _request_owner(hand: BulkActor, standing: ItemStanding) -> Any:
    wish = hand.wish
    request = ownership.request_to_own(
        hand.session,
        standing.item,
        wish.owner or 0,
        answers_for_id=wish.answers_for,
        message=wish.message,
        **hand.acting,
    )
    hand.session.flush()
    hand.requests.append(request)
    return request.id


def _add_helper(hand: BulkActor, standing: ItemStanding) -> Any:
    ownership.add_helper(hand.session, standing.item, hand.wish.helper or 0, **hand.acting)
    return hand.wish.helper


def _edit(hand: BulkActor, item: Item, **values: Any) -> None:
    content = replace(ItemContent.of(item), **values)
    changes.edit(hand.session, item, content, seen_version=item.version, **hand.acting)


def _set_theme(hand: BulkActor, standing: ItemStanding) -> Any:
    before = standing.item.theme
    _edit(hand, standing.item, theme=hand.wish.theme or None)
    return before


def _set_kind(hand: BulkActor, standing: ItemStanding) -> Any:
    before = standing.item.kind
    _edit(hand, standing.item, kind=hand.wish.kind)
    return before.value


def _set_due(hand: BulkActor, standing: ItemStanding) -> Any:
    item = standing.item
    rule = hand.wish.due or changes.DueRule()
    before = {**plain_rule(rule_of(item)), "promised_on": item.promised_on.isoformat() if item.promised_on else None}
    changes.set_due(hand.session, item, rule, reason=hand.wish.reason, seen_version=item.version, **hand.acting)
    return before


def _show(hand: BulkActor, item: Item, visibility: Visibility) -> None:
    verb = changes.publish if visibility is Visibility.PUBLISHED else changes.unpublish
    verb(hand.session, item, **hand.acting)


def _set_visibility(hand: BulkActor, standing: ItemStanding) -> Any:
    before = standing.item.visibility
    _show(hand, standing.item, hand.wish.visibility or before)
    return before.value


def _name_addressee(hand: BulkActor, standing: ItemStanding) -> Any:
    addressee = responses.name_addressee(hand.session, standing.item, hand.wish.addressee or 0, **hand.acting)
    hand.session.flush()
    return addressee.id


def _put(hand: BulkActor, standing: ItemStanding) -> Any:
    """Note that it was put to each of these parties; the one that was named a moment ago is among them."""
    parties = sent_to(standing, hand.wish)
    named = col(Addressee.item_id) == standing.item.id, col(Addressee.party_id).in_(parties)
    found = hand.session.exec(select(Addressee).where(*named).order_by(col(Addressee.id))).all()
    response = Response(ResponseState.SENT, responded_on=hand.wish.sent_on)
    for addressee in found:
        responses.record_response(hand.session, addressee, response, **hand.acting)
    return [addressee.id for addressee in found]


def _record(hand: BulkActor, standing: ItemStanding) -> Any:
    before = standing.item.progress
    update = updates.record(
        hand.session, standing.item, hand.author, hand.wish.note, progress=hand.wish.step, **hand.acting
    )
    return {"update": update.id, "progress": before.value}


DOING: dict[BulkPart, Callable[[BulkActor, ItemStanding], Any]] = {
    BulkPart.OWNER: _request_owner,
    BulkPart.HELPER: _add_helper,
    BulkPart.THEME: _set_theme,
    BulkPart.KIND: _set_kind,
    BulkPart.DUE: _set_due,
    BulkPart.VISIBILITY: _set_visibility,
    BulkPart.ADDRESSEE: _name_addressee,
    BulkPart.PUT: _put,
    BulkPart.PROGRESS: _record,
}


def restore_part(hand: BulkActor, item: Item, was: Mapping[str, Any]) -> None:
    """Put each part back as it was, the last one first."""
    for part in reversed(BulkPart):
        if part in was:
            UNDOING[part](hand, item, was[part])


def _withdraw(hand: BulkActor, _item: Item, request: int) -> None:
    found = hand.session.get_one(Ownership, request)
    if found.state is OwnerState.REQUESTED:
        ownership.withdraw_request(hand.session, found, **hand.acting)


def _remove_helper(hand: BulkActor, item: Item, person: int) -> None:
    ownership.remove_helper(hand.session, item, person, **hand.acting)


def _theme_back(hand: BulkActor, item: Item, theme: str | None) -> None:
    _edit(hand, item, theme=theme)


def _kind_back(hand: BulkActor, item: Item, kind: str) -> None:
    _edit(hand, item, kind=ItemKind(kind))


def _due_back(hand: BulkActor, item: Item, was: dict[str, Any]) -> None:
    promised = date.fromisoformat(was["promised_on"]) if was["promised_on"] else None
    changes.restore_due(hand.session, item, rule_from(was), promised, reason=hand.wish.reason, **hand.acting)


def _visibility_back(hand: BulkActor, item: Item, was: str) -> None:
    _show(hand, item, Visibility(was))


def _drop_addressee(hand: BulkActor, _item: Item, addressee: int) -> None:
    responses.drop_addressee(hand.session, hand.session.get_one(Addressee, addressee), **hand.acting)


def _not_put(hand: BulkActor, _item: Item, addressee: list[int]) -> None:
    for number in addressee:
        response = Response(ResponseState.NOT_YET_SENT)
        responses.record_response(hand.session, hand.session.get_one(Addressee, number), response, **hand.acting)


def _progress_back(hand: BulkActor, _item: Item, was: dict[str, Any]) -> None:
    updates.revert_update(hand.session, hand.session.get_one(Update, was["update"]), hand.author, **hand.acting)


UNDOING: dict[BulkPart, Callable[[BulkActor, Item, Any], None]] = {
    BulkPart.OWNER: _withdraw,
    BulkPart.HELPER: _remove_helper,
    BulkPart.THEME: _theme_back,
    BulkPart.KIND: _kind_back,
    BulkPart.DUE: _due_back,
    BulkPart.VISIBILITY: _visibility_back,
    BulkPart.ADDRESSEE: _drop_addressee,
    BulkPart.PUT: _not_put,
    BulkPart.PROGRESS: _progress_back,
}
