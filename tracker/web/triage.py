"""Station 2, what was put forward: the queue of passages, and what a person decides of each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tracker.errors import Refused, Stale
from tracker.items import triage as verbs
from tracker.items.fates import outcomes
from tracker.items.likewise import decide_likewise
from tracker.items.models import Capacity, Item, Relation
from tracker.items.queries import item_by_number
from tracker.meetings.queries import meetings
from tracker.proposals import changes, queries
from tracker.proposals.alike import waiting_with
from tracker.proposals.models import AsideReason, Proposal, TrainedDetector, TriageState
from tracker.proposals.queries import Showing
from tracker.proposals.record import record
from tracker.transcripts.models import Passage
from tracker.web import context, triage_page
from tracker.web.forms.triage import AttachForm, DecisionForm, SetAsideForm, SnoozeForm, UndoForm
from tracker.web.saving import SAVED, acting, save
from tracker.web.spoken_as import party_and_channel, spoken_as

blueprint = Blueprint("triage", __name__, url_prefix="/triage")

PAGE_SIZE = 50


def _showing() -> Showing:
    """Return what the address asks to see: one state, one meeting."""
    state = request.args.get("state", TriageState.WAITING.value)
    known = {one.value for one in TriageState}
    return Showing(
        TriageState(state) if state in known else TriageState.WAITING,
        request.args.get("meeting") or None,
        is_corrected="changed" in request.args,
    )


@blueprint.get("")
def queue() -> str:
    """Show what waits, the clear ones first, or what was decided."""
    session, body_id, showing = context.session(), context.body_id(), _showing()
    counts = queries.counts(session, body_id, showing, context.now())
    total = counts[showing.state or TriageState.WAITING]
    page = max(1, min(request.args.get("page", 1, type=int), -(-total // PAGE_SIZE)))
    entries = queries.entries(session, body_id, showing, now=context.now(), page=page, size=PAGE_SIZE)
    return render_template(
        "triage/queue.html",
        showing=showing,
        counts=counts,
        progress=triage_page.Progress(counts),
        entries=entries,
        outcomes=outcomes(session, [entry.proposal.id for entry in entries]),
        meetings=meetings(session, body_id, context.sight()),
        corrected=queries.corrected_count(session, body_id, showing, context.now()),
        page=page,
        pages=max(1, -(-total // PAGE_SIZE)),
    )


@blueprint.get("/record")
def detector() -> str:
    """Show how the detector did: what it found, and what people made of it."""
    session, body_id = context.session(), context.body_id()
    trained = session.get(TrainedDetector, body_id)
    return render_template("triage/record.html", record=record(session, body_id), trained=trained)


@blueprint.get("/<int:number>")
def page(number: int) -> tuple[str, int]:
    """Show one passage in its context, with everything ready that may be decided of it."""
    return _show(_proposal_or_404(number))


def _proposal_or_404(number: int) -> Proposal:
    return queries.proposal(context.session(), context.body_id(), number) or abort(404)


def _show(proposal: Proposal, refused: FlaskForm | None = None, status: int = 200) -> tuple[str, int]:
    """Draw the page; a form that was refused stands in it as it was typed."""
    shown = triage_page.page(proposal, _showing(), refused, request.args.get("find", ""))
    return render_template("triage/page.html", page=shown, refused=refused), status


@dataclass(frozen=True)
class Decision:
    """A form that was sent, and what it wants to be done."""

    form: DecisionForm
    act: Callable[[Proposal], object]


def _decide(number: int, decision: Decision, *, stay: bool = False) -> tuple[str, int] | Response:
    """Do what was decided and go on to the next passage, or say why not."""
    session, body_id = context.session(), context.body_id()
    proposal = queries.proposal_to_decide(session, body_id, number) or abort(404)
    following = queries.following(session, body_id, proposal, _showing(), context.now())
    status = save(decision.form, partial(_act, decision, proposal))
    if status != SAVED:
        proposal = _proposal_or_404(number)
        decision.form.see(proposal)
        return _show(proposal, decision.form, status)
    if stay or following is None:
        return redirect(_after(number if stay else None))
    return redirect(_after(following))


def _after(number: int | None) -> str:
    meeting, changed = (request.args.get(name) for name in ("meeting", "changed"))
    if number is None:
        flash(gettext("Nothing waits any more."))
        return url_for("triage.queue", meeting=meeting, changed=changed)
    return url_for("triage.page", number=number, meeting=meeting, changed=changed)


def _act(decision: Decision, proposal: Proposal) -> None:
    if proposal.version != decision.form.version.data:
        raise Stale(
            "Somebody else decided this passage while you looked at it. Nothing of yours was saved: see what it is now."
        )
    decision.act(proposal)


@blueprint.post("/<int:number>/accept")
def accept(number: int) -> tuple[str, int] | Response:
    """Make a new item of the passage."""
    form = triage_page.accept_form()

    def act(proposal: Proposal) -> None:
        session, body_id = context.session(), context.body_id()
        speaker = session.get_one(Passage, proposal.passage_id).speaker_id
        party, channel = party_and_channel(spoken_as(session, proposal), form.capacity.data)
        new = form.item(verbs.speaker_party(session, proposal), speaker)
        new = replace(new, capacity_of=party, channel=channel)
        item = verbs.accept(session, proposal, new, body_id=body_id, **acting())
        flash(gettext("Item %(number)s is made.", number=item.number))

    return _decide(number, Decision(form, act))


@blueprint.post("/<int:number>/attach")
def attach(number: int) -> tuple[str, int] | Response:
    """Tie the passage to an item that is there."""
    form = AttachForm().offer()

    def act(proposal: Proposal) -> None:
        item, relation = _item(form.wanted()), Relation(form.relation.data)
        party, channel = party_and_channel(spoken_as(context.session(), proposal), form.capacity.data)
        verbs.attach(
            context.session(),
            proposal,
            item,
            relation,
            stance=form.stance.data if relation in verbs.STANDS else None,
            capacity=Capacity(form.capacity.data),
            capacity_of=party,
            channel=channel,
            **acting(),
        )
        flash(gettext("Attached to item %(number)s.", number=item.number))

    return _decide(number, Decision(form, act))


def _item(number: int) -> Item:
    found = item_by_number(context.session(), context.body_id(), number, context.sight())
    if found is None:
        raise Refused("There is no item %(number)s here.", "number", number=number)
    return found


@blueprint.post("/<int:number>/set-aside")
def set_aside(number: int) -> tuple[str, int] | Response:
    """Take the passage out of the queue for a reason."""
    form = SetAsideForm().offer()

    def act(proposal: Proposal) -> None:
        reason, note = AsideReason(form.reason.data), form.note.data
        changes.set_aside(context.session(), proposal, reason, note=note, **acting())
        flash(gettext("Set aside."))

    return _decide(number, Decision(form, act))


@blueprint.post("/<int:number>/snooze")
def snooze(number: int) -> tuple[str, int] | Response:
    """Put the passage off."""
    form = SnoozeForm()

    def act(proposal: Proposal) -> None:
        until = form.until(context.now())
        changes.snooze(context.session(), proposal, until, **acting())
        flash(gettext("Put off."))

    return _decide(number, Decision(form, act))


@blueprint.post("/<int:number>/likewise")
def likewise(number: int) -> tuple[str, int] | Response:
    """Let what waits in the same group follow what was decided of this passage."""

    def act(proposal: Proposal) -> None:
        others = waiting_with(context.session(), proposal, context.now())
        count = decide_likewise(context.session(), proposal, others, **acting())
        told = "%(num)d passage like it decided the same way.", "%(num)d passages like it decided the same way."
        flash(ngettext(*told, count))

    return _decide(number, Decision(UndoForm(), act))


@blueprint.post("/<int:number>/undo")
def undo(number: int) -> tuple[str, int] | Response:
    """Take a decision back, and show the passage again."""

    def act(proposal: Proposal) -> None:
        verbs.undo(context.session(), proposal, **acting())
        flash(gettext("Taken back: it waits again."))

    return _decide(number, Decision(UndoForm(), act), stay=True)
