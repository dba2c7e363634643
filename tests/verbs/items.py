"""The verbs of items/."""

from datetime import date

from tests.factories import NOW, TODAY, make_item, make_person
from tests.verbs import World, case
from tracker.items import (
    change_trail,
    changes,
    closing_views,
    create,
    ownership,
    positions,
    responses,
    saved_lists,
    sent_to_addressees,
)
from tracker.items.models import Item, ItemKind, LinkKind, Progress, ProposerView, SavedView
from tracker.items.party_models import Ownership, OwnerState, Position, ResponseState, SendWay, Stance
from tracker.people.models import Party, Person


def request(world: World, state: OwnerState = OwnerState.REQUESTED) -> Ownership:
    return owned_by(world, world.item, world.party, state)


def owned_by(world: World, item: Item, party: Party, state: OwnerState = OwnerState.ACCEPTED) -> Ownership:
    """A request to own, accepted unless another state is wanted; by the verbs, so that history tells of it."""
    made = ownership.request_to_own(world.session, item, party.id, by=world.by, now=NOW)
    if state is OwnerState.ACCEPTED:
        first = None if party.person_id else number(world.ana)
        ownership.accept_ownership(world.session, made, answers_for_id=first, by=world.by, now=NOW)
    world.session.commit()
    return made


def position(world: World) -> Position:
    stand = positions.NewPosition(party_id=world.party.id, stance=Stance.ASKS)
    return positions.add_position(world.session, world.item, stand, by=world.by, now=NOW)


def number(person: Person) -> int:
    return person.id


@case(create.create)
def _(world: World) -> None:
    new = create.NewItem(title="Open on Sundays", kind=ItemKind.REQUEST)
    create.create(world.session, world.board.id, new, by=world.by, now=NOW)


@case(changes.edit)
def _(world: World) -> None:
    content = changes.ItemContent(title="Open on Sundays", kind=ItemKind.REQUEST)
    changes.edit(world.session, world.item, content, seen_version=1, by=world.by, now=NOW)


@case(changes.publish)
def _(world: World) -> None:
    changes.publish(world.session, world.item, by=world.by, now=NOW)


@case(changes.unpublish)
def _(world: World) -> None:
    changes.publish(world.session, world.item, by=world.by, now=NOW)
    changes.unpublish(world.session, world.item, by=world.by, now=NOW)


@case(changes.set_due)
def _(world: World) -> None:
    rule = changes.DueRule(milestone_id=world.milestone.id, offset_days=-14)
    changes.set_due(world.session, world.item, rule, seen_version=1, by=world.by, now=NOW)


@case(changes.restore_due)
def _(world: World) -> None:
    rule = changes.DueRule(own_due_on=TODAY)
    changes.restore_due(world.session, world.item, rule, None, reason="Put back", by=world.by, now=NOW)


@case(changes.meet_condition)
def _(world: World) -> None:
    changes.meet_condition(world.session, world.item, TODAY, by=world.by, now=NOW)


@case(changes.link)
def _(world: World) -> None:
    changes.link(world.session, world.item, world.other, LinkKind.REFINES, by=world.by, now=NOW)


@case(changes.unlink)
def _(world: World) -> None:
    changes.link(world.session, world.item, world.other, LinkKind.REFINES, by=world.by, now=NOW)
    changes.unlink(world.session, world.item, world.other, LinkKind.REFINES, by=world.by, now=NOW)


@case(changes.follow)
def _(world: World) -> None:
    changes.follow(world.session, world.item, number(world.ana), by=world.by, now=NOW)


@case(changes.unfollow)
def _(world: World) -> None:
    changes.follow(world.session, world.item, number(world.ana), by=world.by, now=NOW)
    changes.unfollow(world.session, world.item, number(world.ana), by=world.by, now=NOW)


@case(ownership.request_to_own)
def _(world: World) -> None:
    ownership.request_to_own(world.session, world.item, world.party.id, by=world.by, now=NOW)


@case(ownership.accept_ownership)
def _(world: World) -> None:
    ownership.accept_ownership(world.session, request(world), by=world.by, now=NOW)


@case(change_trail.note_first_promise)
def _(world: World) -> None:
    for day, version in ((TODAY, 1), (date(2013, 5, 1), 2)):
        rule = changes.DueRule(own_due_on=day)
        reason = "The venue was closed."
        changes.set_due(world.session, world.item, rule, reason=reason, seen_version=version, by=world.by, now=NOW)
    change_trail.note_first_promise(world.session, world.item, by=world.by, now=NOW)


@case(ownership.take_free_item)
def _(world: World) -> None:
    ownership.take_free_item(world.session, world.item, world.party.id, by=world.by, now=NOW)


@case(ownership.decline_request)
def _(world: World) -> None:
    ownership.decline_request(world.session, request(world), by=world.by, now=NOW)


@case(ownership.pass_request_on)
def _(world: World) -> None:
    ownership.pass_request_on(world.session, request(world), world.of_board.id, by=world.by, now=NOW)


@case(ownership.withdraw_request)
def _(world: World) -> None:
    ownership.withdraw_request(world.session, request(world), by=world.by, now=NOW)


@case(ownership.end_ownership)
def _(world: World) -> None:
    ownership.end_ownership(world.session, request(world, OwnerState.ACCEPTED), by=world.by, now=NOW)


@case(ownership.name_answerers)
def _(world: World) -> None:
    owned = owned_by(world, world.item, world.of_board)
    ownership.name_answerers(world.session, owned, number(make_person(world.session, "Bo")), None, by=world.by, now=NOW)


@case(ownership.add_helper)
def _(world: World) -> None:
    ownership.add_helper(world.session, world.item, number(world.ana), by=world.by, now=NOW)


@case(ownership.remove_helper)
def _(world: World) -> None:
    ownership.add_helper(world.session, world.item, number(world.ana), by=world.by, now=NOW)
    ownership.remove_helper(world.session, world.item, number(world.ana), by=world.by, now=NOW)


@case(responses.name_addressee)
def _(world: World) -> None:
    responses.name_addressee(world.session, world.item, world.party.id, by=world.by, now=NOW)


@case(responses.drop_addressee)
def _(world: World) -> None:
    responses.drop_addressee(world.session, world.addressee, by=world.by, now=NOW)


@case(responses.record_response)
def _(world: World) -> None:
    response = responses.Response(ResponseState.SENT, responded_on=date(2012, 11, 12))
    responses.record_response(world.session, world.addressee, response, by=world.by, now=NOW)


def put(world: World) -> None:
    how = sent_to_addressees.Sending(TODAY, SendWay.LETTER, "a letter", world.ana.id)
    sent_to_addressees.send_to_addressee(world.session, world.addressee, how, by=world.by, now=NOW)


case(sent_to_addressees.send_to_addressee)(put)


@case(sent_to_addressees.undo_sending)
def _(world: World) -> None:
    put(world)
    sent_to_addressees.undo_sending(world.session, world.addressee, by=world.by, now=NOW)


@case(closing_views.record_closing_view)
def _(world: World) -> None:
    closed = make_item(world.session, world.board, progress=Progress.DONE)
    closing_views.record_closing_view(world.session, closed, ProposerView.SATISFIED, by=world.by, now=NOW)


@case(positions.add_position)
def _(world: World) -> None:
    position(world)


@case(positions.edit_position)
def _(world: World) -> None:
    stand = positions.NewPosition(party_id=world.party.id, stance=Stance.HAS_A_CONCERN)
    positions.edit_position(world.session, position(world), stand, by=world.by, now=NOW)


@case(positions.remove_position)
def _(world: World) -> None:
    positions.remove_position(world.session, position(world), reason="Misread", by=world.by, now=NOW)


def view(world: World) -> SavedView:
    told = {"is_shared": False, "by": world.by, "now": NOW}
    return saved_lists.save_view(world.session, world.board.id, number(world.ana), "Late ones", "late=1", **told)


@case(saved_lists.save_view)
def _(world: World) -> None:
    view(world)


@case(saved_lists.change_view)
def _(world: World) -> None:
    saved_lists.change_view(world.session, view(world), "Overdue", is_shared=True, seen_version=1, by=world.by, now=NOW)


@case(saved_lists.delete_view)
def _(world: World) -> None:
    saved_lists.delete_view(world.session, view(world), by=world.by, now=NOW)


@case(saved_lists.restore_view)
def _(world: World) -> None:
    dropped = view(world)
    saved_lists.delete_view(world.session, dropped, by=world.by, now=NOW)
    saved_lists.restore_view(world.session, dropped, by=world.by, now=NOW)
