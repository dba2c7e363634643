"""What a corrected transcript changed: counts, passages that were lost or may be others, and what is said of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Flask, abort, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from rapidfuzz import fuzz, process
from werkzeug.wrappers import Response
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from tracker.history import Actor, ChangeWay
from tracker.items.items_on_passages import Anchored, anchor_counts, anchored_passages, corrected_transcripts
from tracker.meetings.models import Meeting
from tracker.proposals.models import WordingChange
from tracker.proposals.queries import EarlierWording, ProposalEntry, vanished
from tracker.transcripts.models import Anchor, AnchorState, Correction, Passage, Transcript
from tracker.transcripts.queries import SpokenTurn, spoken
from tracker.transcripts.text_positions import Span, split_sentences
from tracker.transcripts.versions import settle_passages
from tracker.transcripts.versions.reanchor_passages import aligned, earlier_version, reanchor
from tracker.transcripts.versions.text_differences import ChangedWords, compare_words
from tracker.triage.cited_passages import recognise
from tracker.web.app import context
from tracker.web.app.address_numbers import WholeNumberField, named_number
from tracker.web.app.form_saving import acting, seen_version, submit
from tracker.web.transcripts.reader import found_or_404
from tracker.web.transcripts.turn_forms import sentence_ticks

blueprint = Blueprint("corrections", __name__)

# Five turns to choose from fit on a telephone; more would be guesses.
OFFERED = 5
#: likeness, 0 to 100, from which a turn is offered: the half of the words may have been corrected
ALIKE = 50
#: who decides what follows from a place: no person has
IMPORT = Actor(None, ChangeWay.IMPORT)


class SettleForm(FlaskForm):
    """Says something of a passage as it was seen."""

    version = WholeNumberField(widget=HiddenInput(), validators=[InputRequired()])


class PassagePlaceForm(SettleForm):
    """Says where it stands: from the first to the last sentence that is ticked."""

    sentences = sentence_ticks()

    def offer(self, sentences: Sequence[str]) -> "PassagePlaceForm":
        """Fill in what can be ticked."""
        self.sentences.choices = list(enumerate(sentences))
        return self


@dataclass(frozen=True)
class CorrectedPassage:
    """A passage with the words that it has now, compared with what it was."""

    anchored: Anchored
    pieces: list[ChangedWords]
    #: where it stands, or may stand
    span: Span | None

    @property
    def state(self) -> AnchorState:
        """Return how well its place is known."""
        return self.anchored.anchor.state


@blueprint.get("/corrections")
def listing() -> str:
    """Show the corrected transcripts of the register, those first in which passages were lost."""
    corrected = corrected_transcripts(context.session(), context.body_id())
    return render_template("transcripts/corrected.html", corrected=corrected)


@blueprint.get("/transcripts/<int:number>/corrections")
def page(number: int) -> str:
    """Show what a version changed, and what of it waits for the secretariat."""
    session = context.session()
    transcript, meeting = found_or_404(number)
    passages = [_corrected(transcript, anchored) for anchored in anchored_passages(session, transcript)]
    return render_template(
        "transcripts/corrections.html",
        transcript=transcript,
        meeting=meeting,
        earlier=earlier_version(session, transcript),
        sentences=session.get(Correction, transcript.id),
        counts=anchor_counts(session, transcript),
        waiting=[passage for passage in passages if passage.state in settle_passages.OPEN],
        settled=[passage for passage in passages if passage.state in settle_passages.SETTLED],
        changed=[passage for passage in passages if passage.state is AnchorState.CHANGED],
        vanished=vanished(session, transcript),
        form=SettleForm(formdata=None),
    )


def _corrected(transcript: Transcript, anchored: Anchored) -> CorrectedPassage:
    span = _span(anchored.anchor)
    if span is None:
        return CorrectedPassage(anchored, [], None)
    return CorrectedPassage(anchored, compare_words(anchored.words, transcript.text[span.start : span.end]), span)


def _span(anchor: Anchor) -> Span | None:
    """Return where the passage stands, or where it was found and may stand."""
    if anchor.moved_to_id is not None:
        place = context.session().get_one(Passage, anchor.moved_to_id)
        return Span(place.start, place.end)
    if anchor.state is not AnchorState.DOUBTFUL or anchor.start is None or anchor.end is None:
        return None
    return Span(anchor.start, anchor.end)


@blueprint.get("/transcripts/<int:number>/corrections/<int:anchor>")
def passage(number: int, anchor: int) -> tuple[str, int]:
    """Show one passage as it was, and turns of this version in which its place can be chosen."""
    transcript, _, anchored = _anchored_or_404(number, anchor)
    turn = _turn(transcript, anchored)
    form = PassagePlaceForm(formdata=None, version=anchored.anchor.version).offer(_sentences(transcript, turn))
    return _show(number, anchor, form)


def _anchored_or_404(number: int, anchor: int) -> tuple[Transcript, Meeting, Anchored]:
    transcript, meeting = found_or_404(number)
    for anchored in anchored_passages(context.session(), transcript):
        if anchored.anchor.id == anchor:
            return transcript, meeting, anchored
    abort(404)


def _turn(transcript: Transcript, anchored: Anchored) -> SpokenTurn | None:
    """Return the turn asked for, else the one that has its place, else the likeliest."""
    turns = spoken(context.session(), transcript.id)
    seq = named_number("turn")
    span = _span(anchored.anchor)
    # A place may be doubtful, so its turn is only offered; whoever names another turn is right.
    holding = [it for it in turns if span and it.turn.start <= span.start < it.turn.end]
    at_number = [it for it in turns if it.turn.seq == seq]
    return next(iter([*at_number, *holding, *_likely(transcript, turns, anchored.words)]), None)


def _likely(transcript: Transcript, turns: list[SpokenTurn], words: str) -> list[SpokenTurn]:
    # Partial likeness: a passage is a few sentences out of a turn that may be long.
    texts = {place: transcript.text[it.turn.start : it.turn.end] for place, it in enumerate(turns)}
    likely = process.extract(words, texts, scorer=fuzz.partial_ratio, limit=OFFERED, score_cutoff=ALIKE)
    return [turns[place] for _, _, place in likely]


def _spans(transcript: Transcript, turn: SpokenTurn | None) -> list[Span]:
    if turn:
        return list(split_sentences(transcript.text, turn.turn.start, turn.turn.end))
    return []


def _sentences(transcript: Transcript, turn: SpokenTurn | None) -> list[str]:
    return [transcript.text[span.start : span.end] for span in _spans(transcript, turn)]


def _show(number: int, anchor: int, form: PassagePlaceForm, status: int = 200) -> tuple[str, int]:
    transcript, meeting, anchored = _anchored_or_404(number, anchor)
    likely = _likely(transcript, spoken(context.session(), transcript.id), anchored.words)
    page = render_template(
        "transcripts/anchor.html",
        transcript=transcript,
        meeting=meeting,
        passage=_corrected(transcript, anchored),
        turn=_turn(transcript, anchored),
        likely=likely,
        form=form,
    )
    return page, status


def _settle(number: int, anchor: int, form: SettleForm, change: Callable[[Anchor], object], notice: str) -> Response:
    """Make the change and what follows from it; a refusal is told on the page, where all can be seen."""
    transcript, _, anchored = _anchored_or_404(number, anchor)

    def make() -> None:
        change(anchored.anchor)
        # What follows from a place is nobody's decision, so history says that the import did it.
        recognise(context.session(), transcript, by=IMPORT, now=context.now())

    if submit(form, make).is_saved:
        flash(notice)
        return redirect(url_for("corrections.page", number=number))
    # Told on the passage's own page: the list of all has no form that the message could stand beside.
    for message in form.form_errors or [gettext("Something was missing. Reload the page and try again.")]:
        flash(message)
    return redirect(url_for("corrections.passage", number=number, anchor=anchor))


@blueprint.post("/transcripts/<int:number>/corrections/<int:anchor>/accept")
def accept(number: int, anchor: int) -> Response:
    """Say that the place that was found is the one."""
    form = SettleForm()

    def change(row: Anchor) -> None:
        settle_passages.accept_place(context.session(), row, seen_version=seen_version(form), **acting())

    return _settle(number, anchor, form, change, gettext("The passage has its new place."))


@blueprint.post("/transcripts/<int:number>/corrections/<int:anchor>/gone")
def gone(number: int, anchor: int) -> Response:
    """Say that the passage stands nowhere any more."""
    form = SettleForm()

    def change(row: Anchor) -> None:
        settle_passages.mark_gone(context.session(), row, seen_version=seen_version(form), **acting())

    return _settle(number, anchor, form, change, gettext("Marked as gone. It keeps the words of the earlier version."))


@blueprint.post("/transcripts/<int:number>/corrections/<int:anchor>/back")
def back(number: int, anchor: int) -> Response:
    """Take back what was said of the passage."""
    form = SettleForm()

    def change(row: Anchor) -> None:
        settle_passages.undo_settling(context.session(), row, seen_version=seen_version(form), **acting())

    return _settle(number, anchor, form, change, gettext("Undone: the passage is where it was found."))


@blueprint.post("/transcripts/<int:number>/corrections/<int:anchor>/place")
def place(number: int, anchor: int) -> tuple[str, int] | Response:
    """Say where the passage stands, by its sentences."""
    transcript, _, anchored = _anchored_or_404(number, anchor)
    turn = _turn(transcript, anchored)
    form = PassagePlaceForm().offer(_sentences(transcript, turn))
    outcome = submit(form, partial(_place, form, transcript, anchored.anchor, _spans(transcript, turn)))
    if not outcome.is_saved:
        return _show(number, anchor, form, outcome.status)
    flash(gettext("The passage has its new place."))
    return redirect(url_for("corrections.page", number=number))


def _place(form: PassagePlaceForm, transcript: Transcript, anchor: Anchor, spans: list[Span]) -> None:
    # Sentences between two ticks belong to the passage, whether they are ticked or not.
    ticked = form.sentences.data
    seen = seen_version(form)
    span = Span(spans[min(ticked)].start, spans[max(ticked)].end)
    settle_passages.place_passage(context.session(), anchor, span, seen_version=seen, **acting())
    recognise(context.session(), transcript, by=IMPORT, now=context.now())


@blueprint.post("/transcripts/<int:number>/corrections/again")
def again(number: int) -> Response:
    """Look for passages that have been cited in earlier versions since."""
    transcript, _ = found_or_404(number)
    session = context.session()
    # An item may have cited the earlier version after this one came in: nothing looked for its passage yet.
    states = reanchor(session, transcript, aligned(session, transcript), **acting())
    recognise(session, transcript, by=IMPORT, now=context.now())
    session.commit()
    searched = sum(states.values())
    flash(ngettext("Searched for %(num)d more passage.", "Searched for %(num)d more passages.", searched))
    return redirect(url_for("corrections.page", number=number))


def differences(entry: ProposalEntry) -> list[ChangedWords]:
    """Return the words of a proposal beside those that it had before."""
    # All of its words are new where the earlier version had no such proposal.
    if entry.corrected is None:
        return compare_words("", entry.quote)
    return compare_words(entry.corrected.words, entry.quote)


def corrected_mark(corrected: EarlierWording) -> str:
    """Return "changed since version 1", "new in version 2", or that the words are the same."""
    if corrected.change is WordingChange.NEW:
        return str(gettext("new in version %(number)s", number=corrected.number))
    if corrected.change is WordingChange.CHANGED:
        return str(gettext("changed since version %(number)s", number=corrected.number))
    return str(gettext("same as in version %(number)s", number=corrected.number))


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.globals.update(differences=differences, corrected_mark=corrected_mark)
