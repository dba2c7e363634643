"""What was decided of speakers and turns, in plain words: shown with a button that takes it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm

from tracker.history import Event
from tracker.history_queries import wordings
from tracker.history_verbs import Verb
from tracker.items.lines import person_names
from tracker.proposals.undo_speaker_decisions import decisions
from tracker.transcripts.models import DoubtState, Transcript
from tracker.triage.follow_speakers import follow_speakers
from tracker.web.app import context
from tracker.web.app.form_saving import Result, Submission, acting, submit

# A slip is noticed at once; the page has no room for what was settled long before.
MOST = 6


@dataclass(frozen=True)
class Decided:
    """One decision that still stands."""

    event: int
    at: datetime
    who: str
    text: str


def decide_speakers(form: FlaskForm, transcript: Transcript, decide: Callable[[], Result]) -> Submission[Result]:
    """Make a decision about speakers or turns as `submit` does; what was made of their passages follows it."""

    def make() -> Result:
        result = decide()
        # In the same commit: between the two, an item would name somebody whom the transcript does not.
        follow_speakers(context.session(), transcript, **acting())
        return result

    return submit(form, make)


def decided(transcript: Transcript) -> list[Decided]:
    """Return the last decisions, newest first."""
    session = context.session()
    lines = decisions(session, transcript, MOST)
    # Names are read for all lines at once; an erased person has none and is left out.
    people = {number for line in lines for number in (line.after.get("person"), _actor(line)) if number}
    names = person_names(session, people)
    texts = wordings(session, lines)
    return [_decided(line, names, texts) for line in lines]


def _actor(line: Event) -> int | None:
    """Return the person who decided; None for a job or an import."""
    number = line.actor.partition(":")[2]
    if number:
        return int(number)
    return None


def _decided(line: Event, names: dict[int, str], texts: dict[int, str | None]) -> Decided:
    actor = _actor(line)
    who = gettext("Intersession")
    if actor is not None:
        who = names.get(actor, "")
    return Decided(line.id, line.at, who, _sentence(line, names, texts))


def _sentence(line: Event, names: dict[int, str], texts: dict[int, str | None]) -> str:
    person = names.get(line.after.get("person", 0)) or str(gettext("nobody"))
    turns = line.after.get("touched", [0])
    match line.verb:
        case Verb.SPEAKER_ASSIGNED:
            return str(ngettext("%(num)d turn to %(name)s", "%(num)d turns to %(name)s", len(turns), name=person))
        case Verb.SPEAKERS_SETTLED:
            count = len(line.after["decisions"])
            return str(ngettext("settled %(num)d speaker", "settled %(num)d speakers at once", count))
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
