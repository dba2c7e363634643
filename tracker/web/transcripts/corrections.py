"""What a corrected transcript changed: counts, passages that were lost or may be others, and what is said of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from rapidfuzz import fuzz, process
from werkzeug.wrappers import Response

from tracker.history import Actor, ChangeWay
from tracker.items.items_on_passages import Anchored, anchor_counts, anchored_passages, corrected_transcripts
from tracker.meetings.models import Meeting
from tracker.proposals.queries import vanished
from tracker.transcripts.models import Anchor, AnchorState, Correction, Passage, Transcript
from tracker.transcripts.queries import SpokenTurn, spoken
from tracker.transcripts.text_positions import Span, split_sentences
from tracker.transcripts.versions import settle_passages
from tracker.transcripts.versions.reanchor_passages import aligned, earlier_version, reanchor
from tracker.transcripts.versions.text_differences import ChangedWords, compare_words
from tracker.triage.cited_passages import recognise
from tracker.web.app import context
from tracker.web.app.address_numbers import named_number
from tracker.web.app.form_saving import acting, seen_version, submit
from tracker.web.transcripts.correction_forms import PassagePlaceForm, SettleForm
from tracker.web.transcripts.reader import found_or_404

blueprint = Blueprint("corrections", __name__)

#: turns that are offered, and the likeness, 0 to 100, from which
OFFERED = 5
ALIKE = 50
#: who decides what follows from a place: no person has
IMPORT = Actor(None, ChangeWay.IMPORT)


@dataclass(frozen=True)
class CorrectedPassage:
    """A passage with the words that it has now, compared with what it was."""

    anchored: Anchored
    pieces: list[ChangedWords]
    #: where it stands, or may stand
    span: Span | None


@blueprint.get("/corrections")
def listing() -> str:
    """Show the corrected transcripts of the register, those first in which passages were lost."""
    return render_template(
        "transcripts/corrected.html", found=corrected_transcripts(context.session(), context.body_id())
    )


@blueprint.get("/transcripts/<int:number>/corrections")
def page(number: int) -> str:
    """Show what a version changed, and what of it waits for the secretariat."""
    session = context.session()
    transcript, meeting = found_or_404(number)
    shown = [_shown(transcript, one) for one in anchored_passages(session, transcript)]
    return render_template(
        "transcripts/corrections.html",
        transcript=transcript,
        meeting=meeting,
        earlier=earlier_version(session, transcript),
        sentences=session.get(Correction, transcript.id),
        counts=anchor_counts(session, transcript),
        waiting=[one for one in shown if one.anchored.anchor.state in settle_passages.OPEN],
        settled=[one for one in shown if one.anchored.anchor.state in settle_passages.SETTLED],
        changed=[one for one in shown if one.anchored.anchor.state is AnchorState.CHANGED],
        vanished=vanished(session, transcript),
        form=SettleForm(formdata=None),
    )


def _shown(transcript: Transcript, one: Anchored) -> CorrectedPassage:
    span = _span(one.anchor)
    words = transcript.text[span.start : span.end] if span else ""
    return CorrectedPassage(one, compare_words(one.words, words) if span else [], span)


def _span(anchor: Anchor) -> Span | None:
    """Return where the passage stands, or where it was found and may stand."""
    place = context.session().get(Passage, anchor.moved_to_id) if anchor.moved_to_id else None
    if place is not None:
        return Span(place.start, place.end)
    if anchor.state is not AnchorState.DOUBTFUL or anchor.start is None or anchor.end is None:
        return None
    return Span(anchor.start, anchor.end)


@blueprint.get("/transcripts/<int:number>/corrections/<int:anchor>")
def passage(number: int, anchor: int) -> tuple[str, int]:
    """Show one passage as it was, and turns of this version in which its place can be chosen."""
    transcript, _, one = _one_or_404(number, anchor)
    turn = _turn(transcript, one)
    form = PassagePlaceForm(formdata=None, version=one.anchor.version).offer(_sentences(transcript, turn))
    return _show(number, anchor, form)


def _one_or_404(number: int, anchor: int) -> tuple[Transcript, Meeting, Anchored]:
    transcript, meeting = found_or_404(number)
    matching = [one for one in anchored_passages(context.session(), transcript) if one.anchor.id == anchor]
    return transcript, meeting, matching[0] if matching else abort(404)


def _turn(transcript: Transcript, one: Anchored) -> SpokenTurn | None:
    """Return the turn asked for, else the one that has its place, else the likeliest."""
    turns = spoken(context.session(), transcript.id)
    wanted = named_number("turn")
    span = _span(one.anchor)
    holding = [it for it in turns if span and it.turn.start <= span.start < it.turn.end]
    at_number = [it for it in turns if it.turn.seq == wanted]
    return next(iter([*at_number, *holding, *_likely(transcript, turns, one.words)]), None)


def _likely(transcript: Transcript, turns: list[SpokenTurn], words: str) -> list[SpokenTurn]:
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
    transcript, meeting, one = _one_or_404(number, anchor)
    likely = _likely(transcript, spoken(context.session(), transcript.id), one.words)
    page = render_template(
        "transcripts/anchor.html",
        transcript=transcript,
        meeting=meeting,
        one=_shown(transcript, one),
        turn=_turn(transcript, one),
        likely=likely,
        form=form,
    )
    return page, status


def _settle(number: int, anchor: int, form: SettleForm, change: Callable[[Anchor], object], told: str) -> Response:
    """Make the change and what follows from it; a refusal is told on the page, where all can be seen."""
    transcript, _, one = _one_or_404(number, anchor)

    def make() -> None:
        change(one.anchor)
        recognise(context.session(), transcript, by=IMPORT, now=context.now())

    if submit(form, make).is_saved:
        flash(told)
        return redirect(url_for("corrections.page", number=number))
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
    transcript, _, one = _one_or_404(number, anchor)
    turn = _turn(transcript, one)
    form = PassagePlaceForm().offer(_sentences(transcript, turn))
    outcome = submit(form, partial(_place, form, transcript, one.anchor, _spans(transcript, turn)))
    if not outcome.is_saved:
        return _show(number, anchor, form, outcome.status)
    flash(gettext("The passage has its new place."))
    return redirect(url_for("corrections.page", number=number))


def _place(form: PassagePlaceForm, transcript: Transcript, anchor: Anchor, spans: list[Span]) -> None:
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
    found = reanchor(session, transcript, aligned(session, transcript), **acting())
    recognise(session, transcript, by=IMPORT, now=context.now())
    session.commit()
    looked = sum(found.values())
    flash(ngettext("Searched for %(num)d more passage.", "Searched for %(num)d more passages.", looked))
    return redirect(url_for("corrections.page", number=number))
