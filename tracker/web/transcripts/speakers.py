"""The speakers' desk: who spoke in a transcript, decided by a person, one by one or several at once."""

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tracker.errors import Refused, Stale
from tracker.history import Event
from tracker.people.changes import add_person
from tracker.people.details import PersonDetails
from tracker.people.models import Person
from tracker.proposals.undo_speaker_decisions import undo
from tracker.transcripts import queries
from tracker.transcripts.models import DoubtState, SpeakerDoubt, Transcript
from tracker.transcripts.queries import LabelVoice
from tracker.transcripts.speakers import desk_queries, name_doubts
from tracker.transcripts.speakers.attribution import assign_label, assign_turns, note_together, turns_of
from tracker.triage.follow_speakers import follow_speakers
from tracker.triage.unused_speakers import AddedSpeakers, remove_unused
from tracker.web.app import context
from tracker.web.app.address_numbers import named_number
from tracker.web.app.form_saving import acting, submit
from tracker.web.transcripts import speakers_page
from tracker.web.transcripts.reader import found_or_404
from tracker.web.transcripts.speaker_decisions import decide_speakers
from tracker.web.transcripts.speaker_forms import AcceptSpeakersForm, DoubtForm, SpeakerLabelForm, UndoSpeakerForm
from tracker.web.transcripts.speaker_questions import SpeakerQuestion, SpeakerRow
from tracker.web.transcripts.turn_forms import WhoForm

blueprint = Blueprint("speakers", __name__, url_prefix="/transcripts/<int:number>")
Answer = tuple[str, int] | Response


@blueprint.get("/speakers")
def page(number: int) -> Answer:
    """Show what waits to be settled; with ?turn= also the form that says whose a label is."""
    transcript, _ = found_or_404(number)
    voice = _voice(transcript, named_number("turn"))
    if voice is None:
        return show(number)
    return show(number, voice=voice, form=_label_form(voice))


def _voice(transcript: Transcript, seq: int | None) -> LabelVoice | None:
    heard = queries.voices(queries.spoken(context.session(), transcript.id))
    return next((voice for voice in heard if seq in voice.turns), None)


def _label_form(voice: LabelVoice) -> SpeakerLabelForm:
    people = speakers_page.people()
    form = SpeakerLabelForm(formdata=None, label=voice.label, instead_of=voice.person_id)
    form.offer(people).person.data = voice.person_id or speakers_page.alike(speakers_page.name_of(voice), people)
    return form


def show(
    number: int,
    *,
    voice: LabelVoice | None = None,
    form: SpeakerLabelForm | None = None,
    refused: FlaskForm | None = None,
    status: int = 200,
) -> tuple[str, int]:
    """Draw the desk; a form that was refused says so above."""
    transcript, meeting = found_or_404(number)
    content = speakers_page.page(transcript, meeting)
    page = render_template("transcripts/speakers.html", page=content, voice=voice, form=form, refused=refused)
    return page, status


@blueprint.post("/speakers")
def assign(number: int) -> Answer:
    """Give a label's turns to a person; under a role, only those in which one name is heard."""
    transcript, _ = found_or_404(number)
    voice = _voice(transcript, named_number("turn")) or abort(404)
    form = SpeakerLabelForm()
    form.offer(speakers_page.people())
    outcome = decide_speakers(form, transcript, partial(_assign, form, transcript, voice))
    if not outcome.is_saved:
        return show(number, voice=_voice(transcript, voice.turns[0]), form=form, status=outcome.status)
    return redirect(url_for("speakers.page", number=number))


def _assign(form: SpeakerLabelForm, transcript: Transcript, voice: LabelVoice) -> None:
    person = chosen(form)
    if person is None:
        raise Refused("Choose who speaks, or write a new name.", "person")
    # Somebody else may have settled this label while the form was open.
    if voice.person_id != form.instead_of.data:
        raise Stale("No turn stands under “%(label)s” as you saw it any more. See what it is now.", label=voice.label)
    _tell(_give(transcript, voice, person, remember=form.remember.data))


def chosen(form: WhoForm) -> Person | None:
    """Return who was chosen; a name that was written is a new person."""
    name = (form.name.data or "").strip()
    if name and form.person.data:
        raise Refused("Choose somebody or write a new name, not both.", "name")
    if name:
        return _new(name)
    if form.person.data:
        return context.session().get(Person, form.person.data)
    return None


def _new(name: str) -> Person:
    return add_person(context.session(), PersonDetails(name=name), register_id=context.body_id(), **acting())


def _give(transcript: Transcript, voice: LabelVoice, person: Person, *, remember: bool) -> Event:
    session = context.session()
    # Who bears a name bears it all through; who speaks as CHAIR may be another after the break.
    if voice.label and not voice.is_role:
        return assign_label(
            session, transcript, voice.label, person, instead_of=voice.person_id, remember=remember, **acting()
        )
    turns = [turn for turn in turns_of(session, transcript) if turn.seq in voice.turns]
    return assign_turns(session, transcript, turns, person, **acting())


def _tell(*events: Event) -> None:
    assigned = sum(len(event.after["touched"]) for event in events)
    flash(ngettext("Assigned %(num)d turn.", "Assigned %(num)d turns.", assigned))


@blueprint.post("/speakers/accept")
def accept(number: int) -> Answer:
    """Accept who is proposed: for one voice, or for all that are ticked."""
    transcript, _ = found_or_404(number)
    form = AcceptSpeakersForm()
    outcome = decide_speakers(form, transcript, partial(_accept, form, transcript))
    if not outcome.is_saved:
        return show(number, refused=form, status=outcome.status)
    return redirect(url_for("speakers.page", number=number, _anchor="proposed"))


def _accept(form: AcceptSpeakersForm, transcript: Transcript) -> None:
    questions = form.questions()
    if not questions:
        raise Refused("Tick the speakers you accept.")
    # Read anew, not trusted from the form: a proposal may have been settled or refused meanwhile.
    session = context.session()
    heard_names = {turn.seq: one.name for one, turn in desk_queries.introductions(session, transcript.id)}
    doubted = [doubt for doubt, _ in desk_queries.doubts(session, transcript.id)]
    spoken = queries.spoken(session, transcript.id)
    rows = speakers_page.voices(transcript, spoken, speakers_page.people(), heard_names, doubted)
    # A name that is heard under two labels is one new person, not two of the same name.
    newcomers: dict[str, Person] = {}
    events = []
    for pairs in questions:
        question = SpeakerQuestion([_row(rows, pair) for pair in pairs], [])
        events += [
            _take(transcript, row, question.name, newcomers, remember=form.remember.data) for row in question.rows
        ]
    # One alone keeps its own line; several get one more, so that one press undoes them all.
    if len(events) > 1:
        note_together(session, transcript, events, **acting())
    _tell(*events)


def _row(rows: list[SpeakerRow], pair: tuple[int, int]) -> SpeakerRow:
    """Return the voice with that proposal, if it is still the one that was seen."""
    seq, proposed = pair
    for row in rows:
        if row.voice.turns[0] == seq and row.proposed == proposed:
            return row
    raise Stale("Turn %(number)s has been settled meanwhile. Nothing of yours was saved.", number=seq)


def _take(transcript: Transcript, row: SpeakerRow, name: str, newcomers: dict[str, Person], *, remember: bool) -> Event:
    """Accept one proposal; a new name is one new person, however often it is heard."""
    if row.proposed:
        person = context.session().get_one(Person, row.proposed)
        return _give(transcript, row.voice, person, remember=remember)
    if name not in newcomers:
        newcomers[name] = _new(name)
    return _give(transcript, row.voice, newcomers[name], remember=remember)


@blueprint.post("/doubts/<int:doubt>")
def settle(number: int, doubt: int) -> Answer:
    """Say "the same person" or "two people"."""
    transcript, _ = found_or_404(number)
    settled = context.session().get(SpeakerDoubt, doubt)
    if settled is None or settled.transcript_id != transcript.id:
        abort(404)
    form = DoubtForm()
    outcome = decide_speakers(form, transcript, partial(_settle, form, transcript, settled))
    if not outcome.is_saved:
        return show(number, refused=form, status=outcome.status)
    return redirect(url_for("speakers.page", number=number))


def _settle(form: DoubtForm, transcript: Transcript, doubt: SpeakerDoubt) -> None:
    state = form.of(doubt)
    session = context.session()
    events = [name_doubts.settle_doubt(session, transcript, doubt, state, version=form.version.data, **acting())]
    for number, version, answer in form.further():
        other = session.get(SpeakerDoubt, number)
        # Its number came with the form, so it may be anything: only doubts of this transcript are settled here.
        if other is None or other.transcript_id != transcript.id:
            raise Stale("These names have been changed meanwhile. Nothing of yours was saved.")
        events.append(name_doubts.settle_doubt(session, transcript, other, answer, version=version, **acting()))
    if len(events) > 1:
        note_together(session, transcript, events, **acting())
    if state is DoubtState.SAME:
        flash(gettext("Noted: one person."))
    else:
        flash(gettext("Noted: two people."))


@blueprint.post("/undo")
def undo_decision(number: int) -> Answer:
    """Take a decision about speakers or turns back."""
    transcript, _ = found_or_404(number)
    form = UndoSpeakerForm()
    outcome = submit(form, partial(_undo, form, transcript))
    if outcome.result is None:
        return show(number, refused=form, status=outcome.status)
    _tell_undone(outcome.result)
    return redirect(url_for("speakers.page", number=number))


def _undo(form: UndoSpeakerForm, transcript: Transcript) -> AddedSpeakers:
    session = context.session()
    event = session.get(Event, form.event.data)
    if event is None:
        raise Refused("This can no longer be undone. Reload the page to see why.")
    undo(session, transcript, event, **acting())
    follow_speakers(session, transcript, **acting())
    return remove_unused(session, transcript, event, **acting())


def _tell_undone(speakers: AddedSpeakers) -> None:
    flash(gettext("Undone."))
    if speakers.removed:
        names = ", ".join(speakers.removed)
        flash(gettext("Removed from the register, because only this decision had added them: %(names)s", names=names))
    if speakers.kept:
        names = ", ".join(speakers.kept)
        flash(gettext("Still in the register, because something else names them by now: %(names)s", names=names))
