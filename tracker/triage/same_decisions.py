"""Writing what was decided of the same words before, of thousands of proposals at once while others wait to save.

Each comes to what `attach`, `set_aside` and `snooze` do for one, with a few statements for all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import Session

from tracker.db import forget, insert_all, update_all
from tracker.history import Actor, Line, Wording, free_numbers, leave_all
from tracker.history_verbs import Verb
from tracker.items.models import Item, Origin, Relation
from tracker.proposals.models import AsideReason, Proposal, TriageState
from tracker.proposals.version_successors import InVersion
from tracker.transcripts.models import Transcript
from tracker.transcripts.speakers.attribution import register_of
from tracker.triage.changes import set_aside
from tracker.triage.second_person import REACH, complains_of_secretariat, is_delicate


class ItemCited(NamedTuple):
    """An item, as far as a proposal is tied to it."""

    id: int
    number: int
    body_id: int


@dataclass(frozen=True)
class DecidedBefore:
    """What was decided of an earlier proposal that says the same."""

    state: TriageState
    reason: AsideReason | None
    note: str | None
    is_seconded: bool
    snoozed_until: datetime | None
    item: ItemCited | None


@dataclass
class SameDecisions:
    """Proposals of a version with what is decided of them, until all is written."""

    covered: list[tuple[InVersion, ItemCited]] = field(default_factory=list)
    aside: list[tuple[InVersion, DecidedBefore]] = field(default_factory=list)
    snoozed: list[tuple[InVersion, datetime]] = field(default_factory=list)

    def add(self, proposal: InVersion, before: DecidedBefore, now: datetime) -> None:
        """Decide as was decided before, if it was."""
        if before.item is not None:
            self.covered.append((proposal, before.item))
        elif before.state is TriageState.SET_ASIDE:
            self.aside.append((proposal, before))
        elif before.snoozed_until is not None and before.snoozed_until > now:
            self.snoozed.append((proposal, before.snoozed_until))

    def write(self, session: Session, transcript: Transcript, *, by: Actor, now: datetime) -> int:
        """Write them all; return how many are decided: what is snoozed still waits for a person, later."""
        _cover(session, self.covered, by, now)
        _set_aside(session, transcript, self.aside, by, now)
        _snooze(session, transcript, self.snoozed, by, now)
        forget(session, Proposal, Item)
        return len(self.covered) + len(self.aside)


def _cover(session: Session, covered: Sequence[tuple[InVersion, ItemCited]], by: Actor, now: datetime) -> None:
    """Tie proposals to the items that cite their words already."""
    if not covered:
        return
    relation = Relation.COVERED
    insert_all(
        session,
        Origin,
        [{"item_id": item.id, "proposal_id": proposal.id, "relation": relation} for proposal, item in covered],
    )
    _decide(session, [proposal for proposal, _item in covered], TriageState.ATTACHED, now)
    numbers = {item.id for _proposal, item in covered}
    update_all(session, Item, [{"id": number, "changed_at": now} for number in numbers])
    on_items = []
    on_proposals = []
    for proposal, item in covered:
        on_items.append(Line(f"item:{item.id}", {"proposal": proposal.id, "relation": relation}, item.body_id))
        on_proposals.append(Line(f"proposal:{proposal.id}", {"item": item.number}, item.body_id))
    leave_all(session, on_items, Verb.PROPOSAL_ATTACHED, by=by, now=now)
    leave_all(session, on_proposals, Verb.ATTACHED, by=by, now=now)


def _set_aside(
    session: Session, transcript: Transcript, aside: Sequence[tuple[InVersion, DecidedBefore]], by: Actor, now: datetime
) -> None:
    """Set proposals aside for the reasons there were; one that needs a second person waits for that one."""
    alone = []
    for proposal, before in aside:
        if before.is_seconded or not _needs_second(transcript, proposal):
            alone.append((proposal, before))
            continue
        # Few need a second person, so these are written one by one.
        reason = before.reason or AsideReason.OTHER
        set_aside(session, session.get_one(Proposal, proposal.id), reason, note=before.note, by=by, now=now)
    if not alone:
        return
    reasons = [{"reason": before.reason or AsideReason.OTHER, "note": before.note} for _proposal, before in alone]
    proposals = [proposal for proposal, _before in alone]
    body_id = register_of(session, transcript)
    _decide(session, proposals, TriageState.SET_ASIDE, now, reasons)
    notes = _apart(session, [before.note for _proposal, before in alone], by)
    lines = [
        Line(f"proposal:{proposal.id}", {"reason": fields["reason"], "note": note}, body_id)
        for proposal, fields, note in zip(proposals, reasons, notes, strict=True)
    ]
    leave_all(session, lines, Verb.SET_ASIDE, by=by, now=now)


def _needs_second(transcript: Transcript, proposal: InVersion) -> bool:
    """Tell as `second_person.needs_second` does, without reading the whole text again for each."""
    start = proposal.place.start
    words = transcript.text[start : proposal.place.end]
    # Where its turn begins is not known here: an empty line ends what is read before it.
    before = transcript.text[max(0, start - REACH) : start].rpartition("\n\n")[2]
    is_guessed = complains_of_secretariat(words, proposal.addressee) or is_delicate(before, words)
    return proposal.sensitive_by is not None or is_guessed


def _apart(session: Session, notes: Sequence[str | None], by: Actor) -> list[dict[str, int] | None]:
    """Keep what people wrote where it can be erased; return for each note what the history has in its place."""
    numbers = iter(free_numbers(session, Wording, sum(bool(note) for note in notes)))
    kept: list[dict[str, int] | None] = []
    wordings = []
    for note in notes:
        if not note:
            kept.append(None)
            continue
        number = next(numbers)
        kept.append({"wording": number})
        wordings.append({"id": number, "written_by": by.key, "text": note})
    insert_all(session, Wording, wordings)
    return kept


def _snooze(
    session: Session, transcript: Transcript, snoozed: Sequence[tuple[InVersion, datetime]], by: Actor, now: datetime
) -> None:
    """Snooze proposals as they were."""
    if not snoozed:
        return
    proposals = [proposal for proposal, _until in snoozed]
    body_id = register_of(session, transcript)
    moments = [{"snoozed_until": until} for _proposal, until in snoozed]
    _decide(session, proposals, TriageState.SNOOZED, now, moments)
    lines = [Line(f"proposal:{proposal.id}", {"until": until}, body_id) for proposal, until in snoozed]
    leave_all(session, lines, Verb.SNOOZED, by=by, now=now)


def _decide(
    session: Session,
    proposals: Sequence[InVersion],
    state: TriageState,
    now: datetime,
    more: Iterable[dict[str, Any]] | None = None,
) -> None:
    """Note what was decided, by whom and when, as `changes.decide` does for one; the caller leaves the events."""
    # Whoever imports the file has read none of it: their record, pace and last decision must not count these.
    decided = {"state": state, "decided_by": None, "decided_at": now}
    if more is None:
        more = [{}] * len(proposals)
    changed = [
        {"id": proposal.id, "version": proposal.version + 1, **decided, **fields}
        for proposal, fields in zip(proposals, more, strict=True)
    ]
    update_all(session, Proposal, changed)
