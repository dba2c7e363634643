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
from tracker.triage.second_person import complains_of_secretariat


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
        """Write them all; return how many are decided: what is put off still waits for a person, later."""
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
    origins = [{"item_id": item.id, "proposal_id": one.id, "relation": relation} for one, item in covered]
    insert_all(session, Origin, origins)
    _decide(session, [one for one, _item in covered], TriageState.ATTACHED, by, now)
    update_all(session, Item, [{"id": number, "changed_at": now} for number in {item.id for _one, item in covered}])
    tied = [Line(f"item:{item.id}", {"proposal": one.id, "relation": relation}, item.body_id) for one, item in covered]
    leave_all(session, tied, Verb.PROPOSAL_ATTACHED, by=by, now=now)
    attached = [Line(f"proposal:{one.id}", {"item": item.number}, item.body_id) for one, item in covered]
    leave_all(session, attached, Verb.ATTACHED, by=by, now=now)


def _set_aside(
    session: Session, transcript: Transcript, aside: Sequence[tuple[InVersion, DecidedBefore]], by: Actor, now: datetime
) -> None:
    """Set proposals aside for the reasons there were; one that needs a second person waits for that one."""
    alone = []
    for one, before in aside:
        if before.is_seconded or not _needs_second(transcript, one):
            alone.append((one, before))
            continue
        proposal, reason = session.get_one(Proposal, one.id), before.reason or AsideReason.OTHER
        set_aside(session, proposal, reason, note=before.note, by=by, now=now)
    if not alone:
        return
    reasons = [{"reason": before.reason or AsideReason.OTHER, "note": before.note} for _one, before in alone]
    proposals, body_id = [one for one, _before in alone], register_of(session, transcript)
    _decide(session, proposals, TriageState.SET_ASIDE, by, now, reasons)
    notes = _apart(session, [before.note for _one, before in alone], by)
    lines = [
        Line(f"proposal:{one.id}", {"reason": why["reason"], "note": note}, body_id)
        for one, why, note in zip(proposals, reasons, notes, strict=True)
    ]
    leave_all(session, lines, Verb.SET_ASIDE, by=by, now=now)


def _needs_second(transcript: Transcript, one: InVersion) -> bool:
    """Tell as `seconds.needs_second` does, without reading the whole text again for each."""
    words = transcript.text[one.place.start : one.place.end]
    return one.sensitive_by is not None or complains_of_secretariat(words, one.addressee)


def _apart(session: Session, notes: Sequence[str | None], by: Actor) -> list[dict[str, int] | None]:
    """Keep what people wrote where it can be erased; return for each note what the history has in its place."""
    numbers = iter(free_numbers(session, Wording, sum(bool(note) for note in notes)))
    kept = [{"wording": next(numbers)} if note else None for note in notes]
    wordings = [
        {"id": place["wording"], "written_by": by.key, "text": note}
        for place, note in zip(kept, notes, strict=True)
        if place
    ]
    insert_all(session, Wording, wordings)
    return kept


def _snooze(
    session: Session, transcript: Transcript, snoozed: Sequence[tuple[InVersion, datetime]], by: Actor, now: datetime
) -> None:
    """Put proposals off as they were."""
    if not snoozed:
        return
    proposals, body_id = [one for one, _until in snoozed], register_of(session, transcript)
    _decide(session, proposals, TriageState.SNOOZED, by, now, [{"snoozed_until": until} for _one, until in snoozed])
    lines = [Line(f"proposal:{one.id}", {"until": until}, body_id) for one, until in snoozed]
    leave_all(session, lines, Verb.SNOOZED, by=by, now=now)


def _decide(
    session: Session,
    proposals: Sequence[InVersion],
    state: TriageState,
    by: Actor,
    now: datetime,
    more: Iterable[dict[str, Any]] | None = None,
) -> None:
    """Note what was decided, by whom and when, as `changes.decide` does for one; the caller leaves the events."""
    decided = {"state": state, "decided_by": by.person_id, "decided_at": now}
    others = more if more is not None else ({} for _one in proposals)
    changed = [
        {"id": one.id, "version": one.version + 1, **decided, **other}
        for one, other in zip(proposals, others, strict=True)
    ]
    update_all(session, Proposal, changed)
