"""The verbs of items/."""

from datetime import date

from tests.factories import NOW, TODAY, make_item, make_person, make_proposal, party_of, sight_into
from tests.verbs import World, case
from tests.verbs.proposals import decide_one_together
from tracker.agendas import changes as agenda
from tracker.agendas.models import AgendaEntry, AgendaOutcome
from tracker.calendar import cancel_milestone, move_milestone
from tracker.handovers import changes as handing_over
from tracker.handovers import open_duties
from tracker.handovers.models import Handover, HandoverPart
from tracker.intake import import_transcript
from tracker.intake.prepare_file import Prepared
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
from tracker.items.models import Item, ItemKind, ItemPassage, LinkKind, Progress, ProposerView, Relation, SavedView
from tracker.items.party_models import Ownership, OwnerState, Position, ResponseState, SendWay, Stance
from tracker.meetings.models import Repeats, Visibility
from tracker.meetings.recurrence import Rule
from tracker.meetings.series import SeriesDetails, add_series
from tracker.people.models import Party, Person
from tracker.proposals.models import AsideReason
from tracker.transcripts.models import Passage, Transcript
from tracker.triage import cited_passages, decide_batch, decisions, follow_speakers
from tracker.triage.changes import set_aside
from tracker.updates.changes import record
from tracker.updates.progress_rules import ProgressStep


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


@case(decisions.accept)
def _(world: World) -> None:
    new = create.NewItem(title="Keep an archive", kind=ItemKind.CALL)
    decisions.accept(world.session, world.proposal, new, body_id=world.board.id, by=world.by, now=NOW)


@case(decisions.attach)
def _(world: World) -> None:
    decisions.attach(world.session, world.proposal, world.item, Relation.REPEATS, by=world.by, now=NOW)


@case(follow_speakers.follow_speakers)
def _(world: World) -> None:
    new = create.NewItem("Keep an archive", ItemKind.RECOMMENDATION)
    decisions.accept(world.session, world.proposal, new, body_id=world.board.id, by=world.by, now=NOW)
    passage = world.session.get_one(Passage, world.proposal.passage_id)
    passage.speaker_id = make_person(world.session, "Bo Berg").id
    transcript = world.session.get_one(Transcript, world.proposal.transcript_id)
    follow_speakers.follow_speakers(world.session, transcript, by=world.by, now=NOW)


@case(decisions.undo)
def _(world: World) -> None:
    decisions.attach(world.session, world.proposal, world.item, Relation.REPEATS, by=world.by, now=NOW)
    decisions.undo(world.session, world.proposal, by=world.by, now=NOW)


@case(decide_batch.decide_likewise)
def _(world: World) -> None:
    set_aside(world.session, world.proposal, AsideReason.TOO_GENERAL, by=world.by, now=NOW)
    other = make_proposal(world.session, world.meeting)
    body_id = world.item.body_id
    decide_batch.decide_likewise(world.session, world.proposal, [other], body_id=body_id, by=world.by, now=NOW)


@case(cited_passages.recognise)
def _(world: World) -> None:
    world.session.add(ItemPassage(item_id=world.item.id, passage_id=world.proposal.passage_id))
    transcript = world.session.get_one(Transcript, world.proposal.transcript_id)
    cited_passages.recognise(world.session, transcript, by=world.by, now=NOW)


@case(move_milestone.move_milestone)
def _(world: World) -> None:
    days = move_milestone.NewDays(TODAY, TODAY)
    move_milestone.move_milestone(world.session, world.milestone, days, reason="", seen_version=1, by=world.by, now=NOW)


@case(import_transcript.import_prepared)
def _(world: World) -> None:
    prepared = Prepared("a", "text", (), (), ())
    import_transcript.import_prepared(world.session, world.meeting, "a.txt", b"a", prepared, by=world.by, now=NOW)


@case(cancel_milestone.cancel_milestone)
def _(world: World) -> None:
    milestone = world.milestone
    cancel_milestone.cancel_milestone(world.session, milestone, reason="Flood.", seen_version=1, by=world.by, now=NOW)


@case(cancel_milestone.end_series)
def _(world: World) -> None:
    details = SeriesDetails("Call", Rule(TODAY, Repeats.WEEKS, times=3))
    begun = add_series(world.session, world.board.id, details, today=TODAY, by=world.by, now=NOW)
    cancel_milestone.end_series(world.session, begun, TODAY, reason="Done.", seen_version=1, by=world.by, now=NOW)


def handover(world: World) -> tuple[Handover, list[HandoverPart]]:
    """One item that is owned, another that waits for the same person."""
    leaver, successor = make_person(world.session, "Lea Leaver"), make_person(world.session, "Sul Successor")
    party = party_of(world.session, leaver)
    owned_by(world, world.item, party)
    step = ProgressStep(Progress.WAITING, "an answer", party.id)
    record(world.session, world.other, world.ana, "Written to Lea", progress=step, by=world.by, now=NOW)
    left = open_duties.open_duties_of(world.session, world.board.id, [number(leaver)], sight_into(world.board))
    made = handing_over.offer_handover(world.session, world.board.id, successor, left, by=world.by, now=NOW)
    return made, handing_over.parts_of(world.session, made)


@case(handing_over.offer_handover)
def _(world: World) -> None:
    handover(world)


@case(handing_over.take_duty)
def _(world: World) -> None:
    for part in handover(world)[1]:
        handing_over.take_duty(world.session, part, by=world.by, now=NOW)


@case(handing_over.decline_duty)
def _(world: World) -> None:
    handing_over.decline_duty(world.session, handover(world)[1][0], message="No time", by=world.by, now=NOW)


@case(handing_over.withdraw_handover)
def _(world: World) -> None:
    handing_over.withdraw_handover(world.session, handover(world)[0], by=world.by, now=NOW)


@case(handing_over.write_parting_note)
def _(world: World) -> None:
    handing_over.write_parting_note(
        world.session, world.item, world.ana, "Ask Bo for the key", seen_version=0, by=world.by, now=NOW
    )


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


@case(decide_batch.undo_batch)
def _(world: World) -> None:
    batch = decide_one_together(world)
    assert batch is not None
    decide_batch.undo_batch(world.session, batch, by=world.by, now=NOW)


def point(world: World) -> AgendaEntry:
    return agenda.put_on_agenda(world.session, world.milestone, world.item, by=world.by, now=NOW)


@case(agenda.put_on_agenda)
def _(world: World) -> None:
    point(world)


@case(agenda.take_off_agenda)
def _(world: World) -> None:
    agenda.take_off_agenda(world.session, point(world), by=world.by, now=NOW)


@case(agenda.move_point)
def _(world: World) -> None:
    first = point(world)
    agenda.put_on_agenda(world.session, world.milestone, world.other, by=world.by, now=NOW)
    agenda.move_point(world.session, first, 2, seen_version=3, by=world.by, now=NOW)


@case(agenda.write_chair_note)
def _(world: World) -> None:
    agenda.write_chair_note(world.session, point(world), "Ask Ben.", seen_version=1, by=world.by, now=NOW)


@case(agenda.note_outcome)
def _(world: World) -> None:
    what = agenda.PointOutcome(AgendaOutcome.RAISED)
    agenda.note_outcome(world.session, point(world), what, seen_version=1, by=world.by, now=NOW)


@case(agenda.show_agenda)
def _(world: World) -> None:
    agenda.show_agenda(world.session, world.milestone, Visibility.PUBLISHED, by=world.by, now=NOW)
