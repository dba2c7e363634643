"""Several passages decided at once: ticked in the list, or all that a rapporteur advises on; and one undo for all."""

import re
from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from tracker.errors import Refused
from tracker.proposals import queries
from tracker.proposals.models import AsideReason, Proposal, TriageState
from tracker.triage import changes
from tracker.triage.decide_batch import batch, batches, decide_batch, undo_batch
from tracker.triage.rapporteur_advice import advised
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.triage import decisions, queue_list
from tracker.web.triage.forms import BatchForm
from tracker.web.triage.pages import tell_unchosen
from tracker.web.triage.queue_scope import address

blueprint = Blueprint("batches", __name__, url_prefix="/triage/batches")
SHOWN = 50
#: longer ones are no row's, and overflow the database's integers
NUMBER = re.compile(r"[0-9]{1,9}")


@blueprint.get("")
def listing() -> str:
    """Show what was decided together, the latest first."""
    latest = batches(context.session(), context.body_id(), SHOWN)
    return render_template("triage/decide_batch.html", batches=latest)


@blueprint.post("")
def decide() -> tuple[str, int] | Response:
    """Set aside what is ticked, or put it off; what somebody else decided meanwhile is left out."""
    form = BatchForm().offer()

    def change() -> None:
        seen = _ticked()
        if not seen:
            raise Refused("Tick the passages first.")
        proposals = queries.proposals_to_decide(context.session(), context.body_id(), seen)
        if form.days.data:
            _together(proposals, seen, lambda proposal: _snooze(form, proposal), TriageState.SNOOZED)
        else:
            reason = AsideReason(form.reason.data)
            _together(proposals, seen, lambda proposal: _set_aside(form, proposal), TriageState.SET_ASIDE, reason)

    outcome = submit(form, change)
    if outcome.is_saved:
        return redirect(address(None))
    return queue_list.show(form, outcome.status)


def _ticked() -> dict[int, int]:
    """Return the version in which each passage was ticked."""
    return {number: version for number, version, *_ in _picked()}


def _picked() -> list[list[int]]:
    """Return what is ticked: number, version, and the version of its advice where that is meant."""
    picks = [value.split(":") for value in request.form.getlist("pick")]
    sound = [parts for parts in picks if len(parts) > 1 and all(NUMBER.fullmatch(part) for part in parts)]
    return [[int(part) for part in parts] for parts in sound]


def _snooze(form: BatchForm, proposal: Proposal) -> None:
    changes.snooze(context.session(), proposal, form.until(context.now()), **acting())


def _set_aside(form: BatchForm, proposal: Proposal) -> None:
    reason = AsideReason(form.reason.data)
    changes.set_aside(context.session(), proposal, reason, note=form.note.data, **acting())


def _together(
    proposals: list[Proposal],
    seen: dict[int, int],
    act: Callable[[Proposal], object],
    state: TriageState | None = None,
    reason: AsideReason | None = None,
) -> None:
    """Do it to all and say to how many, of how many it takes a second person, and how many were left out."""
    kind = {"state": state, "reason": reason, "body_id": context.body_id()}
    _batch, left = decide_batch(context.session(), proposals, seen, act, **kind, **acting())  # type: ignore[arg-type]
    done = len(seen) - left
    if state is TriageState.SNOOZED:
        flash(ngettext("%(num)d passage snoozed.", "%(num)d passages snoozed.", done))
    else:
        flash(ngettext("%(num)d passage decided.", "%(num)d passages decided.", done))
    if second := sum(proposal.awaits_second for proposal in proposals):
        flash(
            ngettext("%(num)d of them waits for a second person.", "%(num)d of them wait for a second person.", second)
        )
    if left:
        flash(ngettext("%(num)d was left out: it has changed.", "%(num)d were left out: they have changed.", left))


@blueprint.post("/advised")
def take_over() -> Response:
    """Decide of a meeting's passages as its rapporteurs advise, where nothing has changed since the list was shown."""
    slug = request.args.get("meeting", "")
    seen = _ticked()
    # The tick names the version of the advice as well: who accepts it has read that one and no other.
    picked = {tuple(numbers) for numbers in _picked()}
    pairs = advised(context.session(), context.body_id(), slug, context.now())
    by_proposal = {
        proposal.id: advice for proposal, advice in pairs if (proposal.id, proposal.version, advice.version) in picked
    }
    numbers = [number for number in seen if number in by_proposal]
    proposals = queries.proposals_to_decide(context.session(), context.body_id(), numbers)
    filed = [proposal for proposal in proposals if by_proposal[proposal.id].state is not TriageState.SET_ASIDE]
    tell_unchosen([proposal for proposal in filed if not by_proposal[proposal.id].fields.get("whose")])
    _together(proposals, seen, lambda proposal: decisions.as_advised(by_proposal[proposal.id], proposal))
    context.session().commit()
    return redirect(address(None))


@blueprint.post("/<int:number>/undo")
def undo(number: int) -> Response:
    """Let all of them wait again; who was at a passage goes on with that."""
    undoable = batch(context.session(), context.body_id(), number) or abort(404)
    # It may have been undone on another page meanwhile: that is said in the list, for there is no form to show again.
    try:
        undone, left = undo_batch(context.session(), undoable, **acting())
    except Refused as refused:
        flash(gettext(refused.message), "error")
        return redirect(url_for("batches.listing"))
    context.session().commit()
    flash(ngettext("Undone: %(num)d waits again.", "Undone: %(num)d wait again.", undone))
    if left:
        flash(
            ngettext(
                "%(num)d was left: somebody went on with it.", "%(num)d were left: somebody went on with them.", left
            )
        )
    return redirect(address(request.args.get("at", type=int)))
