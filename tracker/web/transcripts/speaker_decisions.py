"""What was decided of speakers and turns, in plain words: shown with a button that takes it back."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, ngettext

from tracker.history import Event, wordings
from tracker.history_verbs import Verb
from tracker.items.lines import person_names
from tracker.proposals.undo_speaker_decisions import decisions
from tracker.transcripts.models import DoubtState, Transcript
from tracker.web.app import context

MOST = 6


@dataclass(frozen=True)
class Decided:
    """One decision that still stands."""

    event: int
    at: datetime
    who: str
    text: str


def decided(transcript: Transcript) -> list[Decided]:
    """Return the last decisions, newest first."""
    session = context.session()
    lines = decisions(session, transcript, MOST)
    names = person_names(session, {number for line in lines for number in _people(line)})
    texts = wordings(session, lines)
    return [_decided(line, names, texts) for line in lines]


def _people(line: Event) -> set[int]:
    actor = line.actor.partition(":")[2]
    return {number for number in (int(actor) if actor else None, line.after.get("person")) if number}


def _decided(line: Event, names: dict[int, str], texts: dict[int, str | None]) -> Decided:
    actor = line.actor.partition(":")[2]
    who = names.get(int(actor), "") if actor else str(gettext("Intersession"))
    return Decided(line.id, line.at, who, _told(line, names, texts))


def _told(line: Event, names: dict[int, str], texts: dict[int, str | None]) -> str:
    person = names.get(line.after.get("person") or 0) or str(gettext("nobody"))
    turns = line.after.get("touched", [0])
    match line.verb:
        case Verb.SPEAKER_ASSIGNED:
            return str(ngettext("%(num)d turn to %(name)s", "%(num)d turns to %(name)s", len(turns), name=person))
        case Verb.DOUBT_SETTLED:
            return _doubt(line, person, texts)
        case Verb.INTRODUCTION_ACCEPTED:
            return str(gettext("accepted how %(name)s introduced themselves", name=person))
        case Verb.INTRODUCTION_DISMISSED:
            return str(gettext("dismissed an introduction"))
        case Verb.CAPACITY_NOTED:
            return str(gettext("recorded the capacity in which turn %(number)s was spoken", number=turns[0]))
        case Verb.TURN_SPLIT:
            return str(gettext("split turn %(number)s", number=line.after["turn"]))
        case _:
            return str(gettext("joined turn %(number)s with the next", number=line.after["turn"]))


def _doubt(line: Event, person: str, texts: dict[int, str | None]) -> str:
    label, other = (_word(line.after.get(name), texts) for name in ("label", "other"))
    if line.after["state"] == DoubtState.SAME.value:
        return str(gettext("“%(label)s” and “%(other)s” are one person", label=label, other=other or person))
    return str(gettext("“%(label)s” and “%(other)s” are two people", label=label, other=other or person))


def _word(value: dict[str, int] | None, texts: dict[int, str | None]) -> str:
    if value:
        return texts.get(value["wording"]) or ""
    return ""
