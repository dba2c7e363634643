"""The verbs of triage/."""

from datetime import timedelta

from tests.factories import NOW, make_person, make_proposal, make_transcript
from tests.verbs import World, case
from tracker.history import Actor, ChangeWay
from tracker.items import (
    create,
)
from tracker.items.models import ItemKind, ItemPassage, Relation
from tracker.people.changes import add_person
from tracker.people.details import PersonDetails
from tracker.proposals.models import Advice, AsideReason, Batch, Proposal, ProposalKind, TriageState
from tracker.transcripts.models import Passage, Transcript
from tracker.transcripts.speakers.attribution import assign_turns, turns_of, undo_assignment
from tracker.transcripts.speakers.speaking_for import SpokenCapacity, note_speaking
from tracker.transcripts.text_positions import Span
from tracker.triage import (
    changes,
    cited_passages,
    decide_batch,
    decisions,
    detector_learning,
    filed_as_own,
    follow_speakers,
    rapporteur_advice,
    second_person,
    unused_speakers,
    whose_words,
)
from tracker.triage.changes import set_aside


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


def filed(world: World) -> filed_as_own.FiledAsOwn:
    """An item made of a passage whose turn is then said to report others."""
    transcript = make_transcript(world.session, world.meeting, "MS SILVA: Open on Sundays.")
    proposal = changes.mark_by_hand(
        world.session, transcript, Span(10, 25), kind=ProposalKind.CALL, by=world.by, now=NOW
    )
    new = create.NewItem("Open on Sundays", ItemKind.CALL)
    decisions.accept(world.session, proposal, new, body_id=world.board.id, by=world.by, now=NOW)
    [turn] = turns_of(world.session, transcript)
    spoken = SpokenCapacity(is_reporting=True)
    note_speaking(world.session, transcript, turn, spoken, version=turn.version, by=world.by, now=NOW)
    world.session.flush()
    return filed_as_own.filed_as_own(world.session, world.board.id)[0]


@case(filed_as_own.confirm_own)
def _(world: World) -> None:
    filed_as_own.confirm_own(world.session, filed(world), by=world.by, now=NOW)


@case(filed_as_own.file_as_reported)
def _(world: World) -> None:
    filed_as_own.file_as_reported(world.session, filed(world), by=world.by, now=NOW)


@case(follow_speakers.remove_followers)
def _(world: World) -> None:
    attach_support(world)
    follow_speakers.remove_followers(world.session, world.item, world.proposal, by=world.by, now=NOW)


def attach_support(world: World) -> None:
    """A position that follows whoever speaks in the passage."""
    world.session.get_one(Passage, world.proposal.passage_id).speaker_id = world.ana.id
    decisions.attach(world.session, world.proposal, world.item, Relation.SUPPORTS, by=world.by, now=NOW)
    world.session.flush()


@case(unused_speakers.remove_unused)
def _(world: World) -> None:
    transcript = make_transcript(world.session, world.meeting, "MS SILVA: Open on Sundays.")
    newcomer = add_person(world.session, PersonDetails("Bo Berg"), register_id=world.board.id, by=world.by, now=NOW)
    event = assign_turns(world.session, transcript, turns_of(world.session, transcript), newcomer, by=world.by, now=NOW)
    undo_assignment(world.session, transcript, event, by=world.by, now=NOW)
    unused_speakers.remove_unused(world.session, transcript, event, by=world.by, now=NOW)


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


@case(decide_batch.undo_batch)
def _(world: World) -> None:
    batch = decide_one_together(world)
    assert batch is not None
    decide_batch.undo_batch(world.session, batch, by=world.by, now=NOW)


@case(changes.set_aside)
def _(world: World) -> None:
    changes.set_aside(world.session, world.proposal, AsideReason.TOO_GENERAL, by=world.by, now=NOW, note="A wish")


@case(changes.snooze)
def _(world: World) -> None:
    changes.snooze(world.session, world.proposal, NOW + timedelta(days=1), by=world.by, now=NOW)


@case(whose_words.party_in_words)
def _(world: World) -> None:
    whose_words.party_in_words(world.session, world.board.id, "the evening round", {}, by=world.by, now=NOW)


@case(changes.mark_by_hand)
def _(world: World) -> None:
    transcript = make_transcript(world.session, world.meeting, "MS SILVA: Open on Sundays.")
    changes.mark_by_hand(world.session, transcript, Span(10, 25), kind=ProposalKind.CALL, by=world.by, now=NOW)


LEARNED = detector_learning.Learned("{}", 40, 8, 0.5, 0.5)


@case(detector_learning.keep)
def _(world: World) -> None:
    detector_learning.keep(world.session, world.board.id, LEARNED, by=world.by, now=NOW)


@case(detector_learning.forget)
def _(world: World) -> None:
    trained = detector_learning.keep(world.session, world.board.id, LEARNED, by=world.by, now=NOW)
    detector_learning.forget(world.session, trained, by=world.by, now=NOW)


@case(second_person.mark_sensitive)
def mark_sensitive(world: World) -> None:
    second_person.mark_sensitive(world.session, world.proposal, by=world.by, now=NOW)


@case(second_person.unmark_sensitive)
def _(world: World) -> None:
    mark_sensitive(world)
    second_person.unmark_sensitive(world.session, world.proposal, by=world.by, now=NOW)


def awaiting(world: World) -> None:
    """Another person would set the proposal aside."""
    other = Actor(make_person(world.session, "Other Person").id, ChangeWay.BROWSER)
    second_person.mark_sensitive(world.session, world.proposal, by=other, now=NOW)
    changes.set_aside(world.session, world.proposal, AsideReason.OTHER, by=other, now=NOW)


@case(second_person.confirm)
def _(world: World) -> None:
    awaiting(world)
    second_person.confirm(world.session, world.proposal, by=world.by, now=NOW)


@case(second_person.send_back)
def _(world: World) -> None:
    awaiting(world)
    second_person.send_back(world.session, world.proposal, by=world.by, now=NOW)


@case(rapporteur_advice.advise)
def advise(world: World) -> None:
    rapporteur_advice.advise(
        world.session, world.proposal, TriageState.ITEM, {"title": "Keep it"}, by=world.by, now=NOW
    )


@case(rapporteur_advice.withdraw_advice)
def _(world: World) -> None:
    advise(world)
    advice = world.session.get_one(Advice, world.proposal.id)
    rapporteur_advice.withdraw_advice(world.session, world.proposal, advice, by=world.by, now=NOW)


@case(decide_batch.decide_batch)
def decide_one_together(world: World) -> Batch | None:
    def act(proposal: Proposal) -> None:
        changes.set_aside(world.session, proposal, AsideReason.OTHER, by=world.by, now=NOW)

    seen, board = {world.proposal.id: world.proposal.version}, world.board.id
    made = decide_batch.decide_batch(world.session, [world.proposal], seen, act, body_id=board, by=world.by, now=NOW)
    return made[0]
