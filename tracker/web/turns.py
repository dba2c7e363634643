"""Who spoke in a transcript, and passages marked by hand: a page for all labels, and one for each turn."""

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from rapidfuzz import fuzz, process
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.people.changes import add_person
from tracker.people.details import PersonDetails
from tracker.people.models import Person
from tracker.proposals.changes import mark_by_hand
from tracker.proposals.models import Proposal, ProposalKind
from tracker.transcripts import queries
from tracker.transcripts.anchors import Span, sentences
from tracker.transcripts.attribution import assign_label, assign_turns
from tracker.transcripts.finding import find
from tracker.transcripts.knowing import is_a_name
from tracker.transcripts.models import Transcript
from tracker.transcripts.queries import Spoken, Voice
from tracker.web import context
from tracker.web.forms.transcripts import LabelForm, MarkForm, WhoForm
from tracker.web.saving import SAVED, acting, save
from tracker.web.transcripts import found_or_404

blueprint = Blueprint("turns", __name__, url_prefix="/transcripts/<int:number>")

#: likeness, 0 to 100, from which a name heard is offered as somebody known
ALIKE = 85


@blueprint.get("/speakers")
def speakers(number: int) -> tuple[str, int]:
    """Show who is heard, those nobody knows first; with ?turn= also the form that says who that is."""
    transcript, _ = found_or_404(number)
    voice = _voice(transcript, request.args.get("turn", type=int))
    return _show_speakers(number, voice, _label_form(voice) if voice else None)


def _voice(transcript: Transcript, seq: int | None) -> Voice | None:
    heard = queries.voices(queries.spoken(context.session(), transcript.id))
    return next((voice for voice in heard if voice.label and seq in voice.turns), None)


def _label_form(voice: Voice) -> LabelForm:
    people = _people()
    form = LabelForm(formdata=None, label=voice.label, instead_of=voice.person_id)
    form.offer(people).person.data = voice.person_id or _alike(voice.heard or voice.label, people)
    return form


def _people() -> list[tuple[int, str]]:
    return queries.people(context.session(), context.body_id())


def _alike(name: str | None, people: list[tuple[int, str]]) -> int:
    """Return who is surely meant by a name, to be offered and not taken; 0 for nobody."""
    best = process.extractOne(name or "", dict(people), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
    return best[2] if best else 0


def _show_speakers(number: int, voice: Voice | None, form: LabelForm | None, status: int = 200) -> tuple[str, int]:
    transcript, meeting = found_or_404(number)
    voices = queries.voices(queries.spoken(context.session(), transcript.id))
    page = render_template(
        "transcripts/speakers.html",
        transcript=transcript,
        meeting=meeting,
        voices=voices,
        voice=voice,
        form=form,
        unknown=sum(one.person_id is None for one in voices),
        is_a_name=is_a_name,
    )
    return page, status


@blueprint.post("/speakers")
def assign(number: int) -> tuple[str, int] | Response:
    """Give a label's turns to a person."""
    transcript, _ = found_or_404(number)
    form = LabelForm()
    form.offer(_people())
    status = save(form, partial(_assign, form, transcript))
    if status != SAVED:
        return _show_speakers(number, _voice(transcript, request.args.get("turn", type=int)), form, status)
    return redirect(url_for("turns.speakers", number=number))


def _assign(form: LabelForm, transcript: Transcript) -> None:
    person = _chosen(form)
    if person is None:
        raise Refused("Choose who speaks, or write a new name.", "person")
    event = assign_label(
        context.session(),
        transcript,
        form.label.data or "",
        person,
        instead_of=form.instead_of.data,
        remember=form.remember.data,
        **acting(),
    )
    given = len(event.after["touched"])
    flash(ngettext("%(num)d turn given to its speaker.", "%(num)d turns given to their speaker.", given))


def _chosen(form: WhoForm) -> Person | None:
    """Return who was chosen; a name that was written is a new person."""
    name = (form.name.data or "").strip()
    if name and form.person.data:
        raise Refused("Choose somebody or write a new name, not both.", "name")
    if name:
        return add_person(context.session(), PersonDetails(name=name), register_id=context.body_id(), **acting())
    return context.session().get(Person, form.person.data) if form.person.data else None


@blueprint.get("/turns/<int:seq>")
def page(number: int, seq: int) -> tuple[str, int]:
    """Show one turn, to mark a passage in it or to say who speaks."""
    transcript, spoken = _turn_or_404(number, seq)
    mark = MarkForm(formdata=None).offer(_sentences(transcript, spoken))
    speech = Span(spoken.turn.start, spoken.turn.end)
    selected = find(transcript.text, speech, request.args.get("words", "")[:2000])
    mark.sentences.data = _touched(transcript, spoken, selected)
    return _show(number, seq, mark, _who_form(spoken))


def _turn_or_404(number: int, seq: int) -> tuple[Transcript, Spoken]:
    transcript, _ = found_or_404(number)
    return transcript, queries.turn(context.session(), transcript.id, seq) or abort(404)


def _spans(transcript: Transcript, spoken: Spoken) -> list[Span]:
    return list(sentences(transcript.text, spoken.turn.start, spoken.turn.end))


def _sentences(transcript: Transcript, spoken: Spoken) -> list[str]:
    return [transcript.text[span.start : span.end] for span in _spans(transcript, spoken)]


def _touched(transcript: Transcript, spoken: Spoken, at: Span | None) -> list[int]:
    spans = enumerate(_spans(transcript, spoken))
    return [place for place, span in spans if at and span.start < at.end and at.start < span.end]


def _who_form(spoken: Spoken) -> WhoForm:
    form = WhoForm(formdata=None, person=spoken.turn.person_id or 0)
    return form.offer(_people())


def _show(number: int, seq: int, mark: MarkForm, who: WhoForm, status: int = 200) -> tuple[str, int]:
    transcript, meeting = found_or_404(number)
    _, spoken = _turn_or_404(number, seq)
    page = render_template(
        "transcripts/turn.html", transcript=transcript, meeting=meeting, spoken=spoken, mark=mark, who=who
    )
    return page, status


@blueprint.post("/turns/<int:seq>/mark")
def mark(number: int, seq: int) -> tuple[str, int] | Response:
    """Put a passage of this turn into the queue."""
    transcript, spoken = _turn_or_404(number, seq)
    form = MarkForm().offer(_sentences(transcript, spoken))
    marked: list[Proposal] = []
    status = save(form, lambda: marked.append(_mark(form, transcript, spoken)))
    if status != SAVED:
        return _show(number, seq, form, _who_form(spoken), status)
    return redirect(url_for("triage.page", number=marked[0].id))


def _mark(form: MarkForm, transcript: Transcript, spoken: Spoken) -> Proposal:
    spans, ticked = _spans(transcript, spoken), form.sentences.data
    passage = Span(spans[min(ticked)].start, spans[max(ticked)].end)
    kind = ProposalKind(form.kind.data)
    return mark_by_hand(context.session(), transcript, passage, kind=kind, title=form.title.data, **acting())


@blueprint.post("/turns/<int:seq>/speaker")
def correct(number: int, seq: int) -> tuple[str, int] | Response:
    """Give this turn alone to a person, or to nobody."""
    transcript, spoken = _turn_or_404(number, seq)
    form = WhoForm().offer(_people())
    status = save(form, lambda: assign_turns(context.session(), transcript, [spoken.turn], _chosen(form), **acting()))
    if status != SAVED:
        return _show(number, seq, MarkForm(formdata=None).offer(_sentences(transcript, spoken)), form, status)
    flash(gettext("The speaker of turn %(number)s is changed.", number=seq))
    return redirect(url_for("transcripts.page", number=number, _anchor=f"turn-{seq}"))
