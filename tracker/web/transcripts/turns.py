"""One turn: who speaks and for whom, where it is split or joined, and passages marked in it by hand."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tracker.errors import Stale
from tracker.proposals import turn_cuts
from tracker.proposals.models import Proposal, ProposalKind
from tracker.transcripts import queries
from tracker.transcripts.models import Passage, Transcript
from tracker.transcripts.queries import SpokenTurn
from tracker.transcripts.speakers.attribution import OVERTAKEN, assign_turns
from tracker.transcripts.speakers.speaking_for import note_speaking, speaking
from tracker.transcripts.text_positions import Span, find_words, split_sentences
from tracker.triage.changes import mark_by_hand
from tracker.triage.filed_as_own import FiledAsOwn, confirm_own, file_as_reported, filed_as_own
from tracker.web.app import context
from tracker.web.app.form_saving import Result, Submission, acting
from tracker.web.transcripts import speaker_decisions, speakers_page, speeches
from tracker.web.transcripts.reader import found_or_404
from tracker.web.transcripts.speakers import chosen
from tracker.web.transcripts.turn_forms import CapacityForm, MarkForm, SplitForm, TurnForm, TurnWhoForm

blueprint = Blueprint("turns", __name__, url_prefix="/transcripts/<int:number>/turns/<int:seq>")
Answer = tuple[str, int] | Response


@dataclass(frozen=True)
class TurnForms:
    """What can be done to a turn, each filled in as it stands; the one that was sent as it was typed."""

    mark: MarkForm
    who: TurnWhoForm
    split: SplitForm
    join: TurnForm
    capacity: CapacityForm


@dataclass(frozen=True)
class OfTurn:
    """A turn with what its forms need."""

    transcript: Transcript
    spoken: SpokenTurn
    spans: list[Span]

    @property
    def version(self) -> int:
        """Return how the turn stands."""
        return self.spoken.turn.version

    @property
    def words(self) -> list[str]:
        """Return its sentences."""
        return [self.transcript.text[span.start : span.end] for span in self.spans]

    @property
    def starts(self) -> list[tuple[int, str]]:
        """Return its sentences, each with its first character."""
        return [(span.start, words) for span, words in zip(self.spans, self.words, strict=True)]


def _found_or_404(number: int, seq: int) -> OfTurn:
    transcript, meeting = found_or_404(number)
    # A rapporteur corrects the turns of their own meeting and of no other.
    if not context.is_secretariat() and meeting.id not in context.meetings_reported():
        abort(404)
    spoken = queries.turn(context.session(), transcript.id, seq) or abort(404)
    return OfTurn(transcript, spoken, list(split_sentences(transcript.text, spoken.turn.start, spoken.turn.end)))


@blueprint.get("")
def page(number: int, seq: int) -> tuple[str, int]:
    """Show one turn, to mark a passage in it or to correct who speaks."""
    return _show(number, seq)


def _forms(of: OfTurn, refused: FlaskForm | None) -> TurnForms:
    turn = of.spoken.turn
    people = speakers_page.people()
    fresh = TurnForms(
        mark=_mark_form(of),
        who=TurnWhoForm(formdata=None, version=of.version, person=turn.person_id or 0),
        split=SplitForm(formdata=None, version=of.version).cut(of.starts),
        join=TurnForm(formdata=None, version=of.version),
        capacity=_capacity_form(of),
    )
    fresh.who.offer(people)
    fresh.split.offer(people)
    if refused is None:
        return fresh
    # The other forms start again from what is stored; only the one that was sent keeps what was typed.
    sent = {name: refused for name, form in vars(fresh).items() if type(refused) is type(form)}
    return replace(fresh, **sent)


def _mark_form(of: OfTurn) -> MarkForm:
    speech = Span(of.spoken.turn.start, of.spoken.turn.end)
    # Words that were selected in the reader come in the address, and their sentences are ticked.
    at = find_words(of.transcript.text, speech, request.args.get("words", "")[:2000])
    ticked = [place for place, span in enumerate(of.spans) if at and span.start < at.end and at.start < span.end]
    return MarkForm(formdata=None, version=of.version, sentences=ticked).offer(of.words)


def _capacity_form(of: OfTurn) -> CapacityForm:
    form = CapacityForm(formdata=None, version=of.version, obj=speaking(of.transcript.text, of.spoken.turn))
    return form.offer()


def _show(number: int, seq: int, refused: TurnForm | None = None, status: int = 200) -> tuple[str, int]:
    of = _found_or_404(number, seq)
    _, meeting = found_or_404(number)
    page = render_template(
        "transcripts/turn.html",
        transcript=of.transcript,
        meeting=meeting,
        spoken=of.spoken,
        speaking=speaking(of.transcript.text, of.spoken.turn),
        forms=_forms(of, refused),
        filed=filed_as_own(context.session(), meeting.body_id, of.spoken.turn.id),
        decided=status == 409 and speaker_decisions.decided(of.transcript),
    )
    return page, status


def _change_turn(number: int, seq: int, form: TurnForm, change: Callable[[OfTurn], Result]) -> Submission[Result]:
    """Make the change if the turn is as the reader saw it."""
    of = _found_or_404(number, seq)

    def make() -> Result:
        # Compared inside the write: before it, somebody else may still change the turn.
        if form.version.data != of.version:
            raise Stale(OVERTAKEN)
        return change(of)

    return speaker_decisions.decide_speakers(form, of.transcript, make)


def _again(number: int, seq: int, form: TurnForm, status: int) -> tuple[str, int]:
    form.see(_found_or_404(number, seq).spoken.turn)
    return _show(number, seq, form, status)


def _to_reader(number: int, seq: int) -> Response:
    return redirect(url_for("transcripts.page", number=number, turn=seq, _anchor=f"turn-{seq}"))


@blueprint.post("/mark")
def mark(number: int, seq: int) -> Answer:
    """Put a passage of this turn into the queue."""
    form = MarkForm().offer(_found_or_404(number, seq).words)
    outcome = _change_turn(number, seq, form, partial(_mark, form))
    if outcome.result is None:
        return _again(number, seq, form, outcome.status)
    passage = context.session().get_one(Passage, outcome.result.passage_id)
    flash(gettext("Marked. The passage waits for triage."))
    return redirect(speeches.address(number, passage.start, passage.end))


def _mark(form: MarkForm, of: OfTurn) -> Proposal:
    # From the first to the last that is ticked: a passage is one range of characters.
    ticked = form.sentences.data
    passage = Span(of.spans[min(ticked)].start, of.spans[max(ticked)].end)
    kind = ProposalKind(form.kind.data)
    return mark_by_hand(context.session(), of.transcript, passage, kind=kind, title=form.title.data, **acting())


@blueprint.post("/speaker")
def correct(number: int, seq: int) -> Answer:
    """Give this turn alone to a person, or to nobody."""
    form = TurnWhoForm()
    form.offer(speakers_page.people())
    outcome = _change_turn(number, seq, form, partial(_correct, form))
    if not outcome.is_saved:
        return _again(number, seq, form, outcome.status)
    flash(gettext("The speaker of turn %(number)s has changed.", number=seq))
    return _to_reader(number, seq)


def _correct(form: TurnWhoForm, of: OfTurn) -> None:
    assign_turns(context.session(), of.transcript, [of.spoken.turn], chosen(form), **acting())


@blueprint.post("/split")
def split(number: int, seq: int) -> Answer:
    """Cut the turn in two where a sentence begins."""
    form = SplitForm().cut(_found_or_404(number, seq).starts)
    form.offer(speakers_page.people())
    outcome = _change_turn(number, seq, form, partial(_split, form))
    if not outcome.is_saved:
        return _again(number, seq, form, outcome.status)
    flash(gettext("Turn %(number)s is split. You can undo this under Speakers.", number=seq))
    return _to_reader(number, seq)


def _split(form: SplitForm, of: OfTurn) -> None:
    # People copy a label with its colon; the sign belongs to the page and not to the name.
    label = (form.label.data or "").strip().rstrip(":")
    person = chosen(form)
    session = context.session()
    turn = of.spoken.turn
    at = form.at.data
    printed = label or None
    turn_cuts.split(session, of.transcript, turn, at, version=of.version, label=printed, person=person, **acting())


@blueprint.post("/join")
def join(number: int, seq: int) -> Answer:
    """Let the next turn be the rest of this one."""
    form = TurnForm()
    outcome = _change_turn(number, seq, form, _join)
    if not outcome.is_saved:
        return _again(number, seq, form, outcome.status)
    flash(gettext("Turn %(number)s is joined with the next. You can undo this under Speakers.", number=seq))
    return _to_reader(number, seq)


def _join(of: OfTurn) -> None:
    turn_cuts.join(context.session(), of.transcript, of.spoken.turn, version=of.version, **acting())


@blueprint.post("/capacity")
def capacity(number: int, seq: int) -> Answer:
    """Say for whom somebody spoke."""
    form = CapacityForm().offer()
    outcome = _change_turn(number, seq, form, partial(_capacity, form))
    if not outcome.is_saved:
        return _again(number, seq, form, outcome.status)
    flash(gettext("Saved for turn %(number)s.", number=seq))
    if filed_as_own(context.session(), context.body_id(), _found_or_404(number, seq).spoken.turn.id):
        return redirect(url_for("turns.page", number=number, seq=seq, _anchor="filed"))
    return _to_reader(number, seq)


def _capacity(form: CapacityForm, of: OfTurn) -> None:
    turn = of.spoken.turn
    note_speaking(context.session(), of.transcript, turn, form.speaking(), version=of.version, **acting())


@blueprint.post("/filed/<int:proposal>/own")
def confirm(number: int, seq: int, proposal: int) -> Response:
    """Note that one passage of a turn that reports others gives the speaker's own words."""
    confirm_own(context.session(), _filed_or_404(number, seq, proposal), **acting())
    context.session().commit()
    flash(gettext("Noted: the speaker's own words."))
    return _to_filed(number, seq)


@blueprint.post("/filed/<int:proposal>/reported")
def file_reported(number: int, seq: int, proposal: int) -> Response:
    """Let the speaker be who reports what was filed as their own; a position waits for triage again."""
    row = _filed_or_404(number, seq, proposal)
    file_as_reported(context.session(), row, **acting())
    context.session().commit()
    if row.is_position:
        flash(gettext("The position is removed. Its passage waits for triage again."))
    else:
        flash(gettext("Item %(number)s is reported now, and counts for nobody.", number=row.item.number))
    return _to_filed(number, seq)


def _filed_or_404(number: int, seq: int, proposal: int) -> FiledAsOwn:
    """Return what is still filed as own; once it is decided there is nothing to decide."""
    turn_id = _found_or_404(number, seq).spoken.turn.id
    rows = filed_as_own(context.session(), context.body_id(), turn_id)
    return next((row for row in rows if row.proposal.id == proposal), None) or abort(404)


def _to_filed(number: int, seq: int) -> Response:
    return redirect(url_for("turns.page", number=number, seq=seq))
