"""How speakers introduce themselves: corrected and accepted by a person, or dismissed."""

from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from tracker.people.models import Person
from tracker.transcripts.models import Introduction, Transcript
from tracker.transcripts.speakers import accept_introductions
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.app.value_words import group_names
from tracker.web.transcripts import speakers_page
from tracker.web.transcripts.reader import found_or_404
from tracker.web.transcripts.speaker_decisions import decide_speakers
from tracker.web.transcripts.speaker_forms import DismissForm, IntroductionForm
from tracker.web.transcripts.speakers import Answer, show

blueprint = Blueprint("introductions", __name__, url_prefix="/transcripts/<int:number>/introductions/<int:heard>")


def _introduction_or_404(number: int, heard: int) -> tuple[Transcript, Introduction]:
    transcript, _ = found_or_404(number)
    introduction = context.session().get(Introduction, heard)
    if introduction is not None and introduction.transcript_id == transcript.id:
        return transcript, introduction
    abort(404)


@blueprint.get("")
def page(number: int, heard: int) -> Answer:
    """Show one introduction, to be corrected."""
    _, introduction = _introduction_or_404(number, heard)
    likely = speakers_page.alike(introduction.name, speakers_page.people())
    return _show(number, heard, _offered(_filled(introduction, request.args.get("person", likely, type=int))))


def _filled(introduction: Introduction, person: int) -> IntroductionForm:
    return IntroductionForm(formdata=None, obj=introduction, person=person)


def _offered(form: IntroductionForm) -> IntroductionForm:
    return form.offer(speakers_page.people(), group_names(context.session()))


def _show(number: int, heard: int, form: IntroductionForm, status: int = 200) -> Answer:
    transcript, introduction = _introduction_or_404(number, heard)
    _, meeting = found_or_404(number)
    # More after than before: a speaker's name comes first, and what they represent follows.
    words = transcript.text[max(0, introduction.start - 60) : introduction.end + 120]
    page = render_template(
        "transcripts/introduction.html",
        transcript=transcript,
        meeting=meeting,
        heard=introduction,
        form=form,
        person=_person(form),
        words=words,
    )
    return page, status


@blueprint.post("")
def accept(number: int, heard: int) -> Answer:
    """Make it a person's name and affiliation."""
    transcript, introduction = _introduction_or_404(number, heard)
    form = _offered(IntroductionForm())
    outcome = decide_speakers(form, transcript, partial(_accept, form, transcript, introduction))
    if not outcome.is_saved:
        return _show(number, heard, form, outcome.status)
    return redirect(url_for("speakers.page", number=number, _anchor="heard"))


def _person(form: IntroductionForm) -> Person | None:
    """Return who was chosen; None for a new person."""
    if form.person.data:
        return context.session().get(Person, form.person.data)
    return None


def _accept(form: IntroductionForm, transcript: Transcript, introduction: Introduction) -> None:
    person = _person(form)
    accept_introductions.accept_introduction(
        context.session(), transcript, introduction, form.corrected(), person, version=form.version.data, **acting()
    )
    # Somebody known keeps the name on record: what was heard is the captioner's spelling.
    name = form.name.data
    if person is not None:
        name = person.name
    flash(gettext("Accepted: %(name)s.", name=name))


@blueprint.post("/dismiss")
def dismiss(number: int, heard: int) -> Answer:
    """Say that this is no introduction, or of no use."""
    transcript, introduction = _introduction_or_404(number, heard)
    form = DismissForm()
    outcome = submit(form, partial(_dismiss, form, transcript, introduction))
    if not outcome.is_saved:
        return show(number, refused=form, status=outcome.status)
    flash(gettext("Dismissed."))
    return redirect(url_for("speakers.page", number=number, _anchor="heard"))


def _dismiss(form: DismissForm, transcript: Transcript, introduction: Introduction) -> None:
    accept_introductions.dismiss_introduction(
        context.session(), transcript, introduction, version=form.version.data, **acting()
    )
