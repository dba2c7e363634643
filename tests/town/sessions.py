"""What was said there: a session in triage, one that was corrected, and files on their way in."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_meeting, make_transcript
from tests.web.room import found
from tracker.assistant import call_faults
from tracker.assistant.models import AssistantReading, AssistantState
from tracker.clock import real_now
from tracker.erasure import redactions
from tracker.erasure.ledger_entry import ErasureGround
from tracker.history import Actor, ChangeWay
from tracker.intake import upload_steps
from tracker.intake.models import Upload, UploadState
from tracker.items.models import Item, ItemPassage
from tracker.meetings.models import Meeting, Visibility
from tracker.people.models import Body, Person
from tracker.proposals.models import AsideReason, ProposalKind, ProposalSource
from tracker.transcripts.models import Anchor, Introduction, Transcript
from tracker.transcripts.speakers.self_introductions import Introduced
from tracker.transcripts.speakers.speaker_candidates import note_candidates
from tracker.transcripts.versions.reanchor_passages import aligned, reanchor
from tracker.triage import changes
from tracker.triage.cited_passages import recognise

ARCHIVE = "We should keep an archive of every session, and open it to everybody who asks."
AGAIN = "Let us keep an archive of every session."
SUNDAYS = "I call on the board to open on Sundays."
LAMPS = "We will bring the lamps by February."
ASIDE = "Could somebody please close the window?"
LATER = "The schools should be asked."
NAME = "My name is Bo Berg, from the Mill. "
WAITING = {
    ARCHIVE: ProposalSource.DETECTOR, AGAIN: ProposalSource.BOTH, SUNDAYS: ProposalSource.ASSISTANT,
}  # fmt: skip
TEXT = (
    f"CHAIR: Welcome, all of you. {ARCHIVE} Thank you (inaudible).\n\nMS SILVA: Good. {SUNDAYS} {ASIDE}\n\n"
    f"MR BERG: Well. {AGAIN} Yes.\n\nNEW SPEAKER: {NAME}{LAMPS}\n\nMS SYLVA: {LATER} Somebody could buy a piano."
)


def talk(session: Session, board: Body) -> Transcript:
    """A published session with its transcript."""
    shown = {"visibility": Visibility.PUBLISHED, "place": "Town hall", "recording_url": "https://example.org/talk"}
    return make_transcript(session, make_meeting(session, board, **shown), TEXT)


def fill(session: Session, transcript: Transcript, sara: Person) -> dict[str, object]:
    """Passages that wait, are set aside and snoozed; a doubt, and an introduction."""
    waiting = [
        found(session, transcript, words, title=words[:30], score=0.9, source=source)
        for words, source in WAITING.items()
    ]
    aside = found(session, transcript, ASIDE, kind=ProposalKind.REQUEST)
    changes.set_aside(session, aside, AsideReason.MEETING_LOGISTICS, by=SYSTEM, now=NOW)
    later = found(session, transcript, LATER)
    changes.snooze(session, later, NOW + timedelta(days=30), by=SYSTEM, now=NOW)
    start = TEXT.index(NAME)
    said = [Introduced(4, start, start + len(NAME) - 2, "Bo Berg", "the Mill", "civil-society")]
    note_candidates(session, transcript, said, [("MS SILVA", "MS SYLVA")], by=SYSTEM, now=NOW)
    board = session.get_one(Body, session.get_one(Meeting, transcript.meeting_id).body_id)
    _read_by_assistant(session, board, transcript, state=AssistantState.DONE, parts_done=3, parts_skipped=1)
    session.flush()
    _redacted(session, transcript, Actor(sara.id, ChangeWay.BROWSER))
    heard = session.exec(select(Introduction)).one()
    return {"passage": waiting[0].id, "decided": aside.id, "introduction": heard.id, "meeting": "taking-stock"}


def _redacted(session: Session, transcript: Transcript, by: Actor) -> None:
    """One word is redacted, another waits for a second person."""
    for word in ("piano", "Welcome"):
        start = TEXT.index(word)
        why = ErasureGround.OTHER, "it was said in confidence"
        asked = redactions.ask(session, transcript, [(start, start + len(word))], *why, by=SYSTEM, now=NOW)
        if word == "piano":
            redactions.confirm(session, asked, by=by, now=NOW)


def correct(session: Session, board: Body, item: Item) -> dict[str, object]:
    """A second session whose corrected version lost one passage and changed another."""
    sitting = make_meeting(session, board, slug="evening", title="Evening session")
    first = make_transcript(session, sitting, f"CHAIR: Good evening. {LAMPS}\n\nMS SILVA: Good. {SUNDAYS}")
    lost = found(session, first, LAMPS)
    session.add(ItemPassage(item_id=item.id, passage_id=lost.passage_id))
    found(session, first, SUNDAYS)
    second = make_transcript(session, sitting, f"CHAIR: Good evening.\n\nMS SILVA: Good. {SUNDAYS[:-1]} and by night.")
    reanchor(session, second, aligned(session, second), by=SYSTEM, now=NOW)
    recognise(session, second, by=SYSTEM, now=NOW)
    anchor = session.exec(select(Anchor).where(Anchor.passage_id == lost.passage_id)).one()
    _read_by_assistant(session, board, first, state=AssistantState.WAITING)
    stopped = {"state": AssistantState.STOPPED, "refusal": str(call_faults.KEY_REFUSED)}
    _read_by_assistant(session, board, second, **stopped)
    return {
        "first": first.id,
        "corrected": second.id,
        "anchor": anchor.id,
        "empty_meeting": _without_transcript(session, board).slug,
    }


def _read_by_assistant(session: Session, board: Body, transcript: Transcript, **values: Any) -> None:
    where = {"url": "https://models.example.org/v1", "model": "small-reader-of-records", "prices": "0.15 0.60 USD"}
    parts = [[start, start, start + 20] for start in range(0, 60, 20)]
    far = {"parts": parts, "parts_done": 1, "tokens_sent": 2400, "tokens_answered": 300, "found_new": 2, "dropped": 1}
    of_board = {"body_id": board.id, "transcript_id": transcript.id, "started_at": NOW}
    session.add(AssistantReading(**{**of_board, **where, **far, **values}))


def _without_transcript(session: Session, board: Body) -> Meeting:
    return make_meeting(session, board, slug="morning", title="Morning session")


def arrive(session: Session, board: Body, sara: Person) -> dict[str, object]:
    """One upload of three files: one without a meeting yet, one refused, one that waits."""
    sent = [upload_steps.Sent(f"talk{number}.txt", f"MS OAK: Hello {number}.".encode()) for number in range(3)]
    kept: list[Upload] = upload_steps.keep(session, board.id, sent, by=SYSTEM, now=NOW)
    session.flush()
    kept[0].state = UploadState.TO_PLACE
    kept[1].state, kept[1].ended_at = UploadState.REFUSED, real_now()
    kept[1].refusal = "The file is empty. Choose another."
    return {"upload": kept[1].id, "reading": kept[2].id, "batch": kept[0].batch}
