"""Station 2, what was put forward: one passage after the other, and what a person decides of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from tracker.detector.measured_shares import ENOUGH, own_shares
from tracker.errors import Stale
from tracker.proposals import queries
from tracker.proposals.models import Proposal, TrainedDetector, TriageState
from tracker.triage import changes, passage_leases, queue, second_person
from tracker.triage import decisions as verbs
from tracker.triage.decide_batch import decide_likewise
from tracker.triage.detector_record import record
from tracker.triage.queue import decisions_by_score
from tracker.triage.rapporteur_advice import advise
from tracker.triage.similar_proposals import waiting_with
from tracker.triage.whose_words import may_be_reported, waiting_for_choice
from tracker.web.app import context
from tracker.web.app.form_saving import acting, submit
from tracker.web.triage import decisions, page_content, queue_list
from tracker.web.triage.filled_forms import attach_form, item_form
from tracker.web.triage.forms import AttachForm, DecisionForm, SetAsideForm, SnoozeForm, UndoTriageForm, WhoseForm
from tracker.web.triage.queue_scope import address, claim, kept, next_after, scope, to_go_through

blueprint = Blueprint("triage", __name__, url_prefix="/triage")
Answer = tuple[str, int] | Response
#: titles that a message names at most
TITLES = 10


@blueprint.get("", endpoint="queue")
def queue_page() -> Answer:
    """Show what waits, the clear ones first, or what was decided."""
    return queue_list.named_meeting() or queue_list.show()


@blueprint.get("/record")
def detector() -> str:
    """Show how the detector did: what it found, and what people made of it."""
    session = context.session()
    body_id = context.body_id()
    decisions = decisions_by_score(session, body_id)
    return render_template(
        "triage/detector_record.html",
        record=record(session, body_id, scope()),
        trained=session.get(TrainedDetector, body_id),
        own_decisions=sum(decisions[least].decided for least in own_shares(decisions)),
        enough=ENOUGH,
    )


@blueprint.post("/go")
def go() -> Response:
    """Go on where the reader left off, or begin: the passage they are led to is reserved for them for some minutes."""
    session = context.session()
    body_id = context.body_id()
    reader = context.person().id
    last = queries.last_decided(session, body_id, reader)
    order = next_after(last)
    held = passage_leases.held_by(session, reader)
    # Who was led to a passage and left the page comes back to that one, or it would stay reserved and unread.
    if held in order:
        order = [held, *order]
    return _led_to(order)


@blueprint.post("/<int:number>/skip")
def skip(number: int) -> Response:
    """Leave a passage undecided and go on to the next."""
    return _led_to(next_after(proposal_or_404(number)))


def _led_to(order: list[int]) -> Response:
    taken = claim(order)
    context.session().commit()
    if taken is None:
        _tell_the_end(order)
    return redirect(address(taken))


def _tell_the_end(order: list[int]) -> None:
    if order:
        flash(gettext("Others have every passage open that still waits."))
        return
    rest = queue.standing(context.session(), context.body_id(), scope(), context.now()).parked
    if to_go_through().is_clear and rest:
        flash(
            ngettext(
                "The clear passages are done. %(num)d passage in doubt is left.",
                "The clear passages are done. %(num)d passages in doubt are left.",
                rest,
            )
        )
    else:
        flash(gettext("Nothing waits any more."))


@blueprint.get("/<int:number>")
def page(number: int) -> tuple[str, int]:
    """Show one passage in its context, with everything ready that may be decided of it."""
    return show(proposal_or_404(number))


def proposal_or_404(number: int) -> Proposal:
    """Return that passage if the reader may triage its meeting."""
    return queries.proposal(context.session(), context.body_id(), number, scope()) or abort(404)


def show(proposal: Proposal, refused: FlaskForm | None = None, status: int = 200) -> tuple[str, int]:
    """Draw the page; a form that was refused stands in it as it was typed."""
    content = page_content.page(proposal, refused)
    legend = page_content.legend_of_keys(is_secretariat=content.is_secretariat, has_advice=content.advice is not None)
    html = render_template("triage/page.html", page=content, kept=kept(), legend_of_keys=legend, refused=refused)
    return html, status


@dataclass(frozen=True)
class Decision:
    """A form that was sent, what it wants to be done, and the state that a rapporteur thereby advises."""

    form: DecisionForm
    act: Callable[[Proposal], object]
    advises: TriageState | None = None


def _decide(number: int, decision: Decision, *, stay: bool = False) -> Answer:
    """Do what was decided, or keep it as advice, and go on to the next passage; or say why not."""
    proposals = queries.proposals_to_decide(context.session(), context.body_id(), [number], scope())
    proposal = next(iter(proposals), None) or abort(404)
    order = [number]
    if not stay:
        order = next_after(proposal)

    def act() -> int | None:
        refuse_overtaken(decision.form, proposal)
        _do(decision, proposal)
        return claim(order)

    # A rapporteur may leave the choice to the secretariat.
    is_asked = context.is_secretariat() and may_be_reported(context.session(), proposal)
    if is_asked and isinstance(decision.form, WhoseForm):
        decision.form.require_choice()
    outcome = submit(decision.form, act)
    if not outcome.is_saved:
        proposal = proposal_or_404(number)
        decision.form.see(proposal)
        return show(proposal, decision.form, outcome.status)
    # There is nothing left to be led to: the list to which the answer leads says why.
    if outcome.result is None and not stay:
        _tell_the_end(order)
    # A decision taken back in a list leads back to that list; one on the passage's own page stays there.
    if stay and "state" in request.args:
        return redirect(url_for("triage.queue", **kept(listing=True)))  # type: ignore[arg-type]
    if stay:
        return redirect(address(number))
    return redirect(address(outcome.result))


def _do(decision: Decision, proposal: Proposal) -> None:
    """Decide, if the reader is of the secretariat; a rapporteur only advises."""
    if context.is_secretariat():
        decision.act(proposal)
    elif decision.advises is None:
        abort(404)
    else:
        # An advice names only what its rapporteur may see: else its refusal would tell that an item exists.
        if isinstance(decision.form, AttachForm):
            decisions.item_here(decision.form.wanted())
        fields = {name: value for name, value in decision.form.data.items() if name not in ("version", "csrf_token")}
        advise(context.session(), proposal, decision.advises, fields, **acting())
        flash(gettext("Saved as your advice. The secretariat decides."))


def refuse_overtaken(form: DecisionForm, proposal: Proposal) -> None:
    """Raise Stale where the passage is no longer as the form's page showed it."""
    if proposal.version != form.version.data:
        raise Stale(
            "Somebody else decided this passage while you looked at it. Nothing of yours was saved: see what it is now."
        )


@blueprint.post("/<int:number>/accept")
def accept(number: int) -> Answer:
    """Make a new item of the passage."""
    form = item_form()

    def act(proposal: Proposal) -> None:
        item = decisions.make_item(form, proposal)
        flash(gettext("Item %(number)s is created.", number=item.number))

    return _decide(number, Decision(form, act, TriageState.ITEM))


@blueprint.post("/<int:number>/attach")
def attach(number: int) -> Answer:
    """Tie the passage to an item that is there."""
    form = attach_form()

    def act(proposal: Proposal) -> None:
        item = decisions.attach(form, proposal)
        flash(gettext("Attached to item %(number)s.", number=item.number))

    return _decide(number, Decision(form, act, TriageState.ATTACHED))


@blueprint.post("/<int:number>/set-aside")
def set_aside(number: int) -> Answer:
    """Take the passage out of the queue for a reason."""
    form = SetAsideForm().offer()

    def act(proposal: Proposal) -> None:
        decisions.set_aside(form, proposal)
        if proposal.awaits_second:
            flash(gettext("It waits for a second person."))
        else:
            flash(gettext("The passage is set aside."))

    return _decide(number, Decision(form, act, TriageState.SET_ASIDE))


@blueprint.post("/<int:number>/snooze")
def snooze(number: int) -> Answer:
    """Put the passage off."""
    form = SnoozeForm()

    def act(proposal: Proposal) -> None:
        changes.snooze(context.session(), proposal, form.until(context.now()), **acting())
        flash(gettext("Snoozed."))

    return _decide(number, Decision(form, act))


@blueprint.post("/<int:number>/likewise")
def likewise(number: int) -> Answer:
    """Let what waits in the same group follow what was decided of this passage."""

    def act(proposal: Proposal) -> None:
        others = waiting_with(context.session(), proposal, context.now())
        if proposal.state is not TriageState.SET_ASIDE:
            tell_unchosen(others)
        count = decide_likewise(context.session(), proposal, others, body_id=context.body_id(), **acting())
        flash(
            ngettext(
                "%(num)d passage like it decided the same way.", "%(num)d passages like it decided the same way.", count
            )
        )

    return _decide(number, Decision(UndoTriageForm(), act))


def tell_unchosen(proposals: Sequence[Proposal]) -> None:
    """Say which of these passages are left until a person has said whose words they give."""
    unchosen = waiting_for_choice(context.session(), proposals)
    if not unchosen:
        return
    titles = ", ".join(f"“{proposal.title}”" for proposal in unchosen[:TITLES])
    flash(
        ngettext(
            "%(num)d passage is left: it may give the words of others. Open it and choose whose words they are: "
            "%(titles)s",
            "%(num)d passages are left: they may give the words of others. Open each and choose whose words they are: "
            "%(titles)s",
            len(unchosen),
            titles=titles,
        )
    )


@blueprint.post("/<int:number>/undo")
def undo(number: int) -> Answer:
    """Take a decision back, and show the passage again."""

    def act(proposal: Proposal) -> None:
        verbs.undo(context.session(), proposal, **acting())
        flash(gettext("Undone: it waits again."))

    return _decide(number, Decision(UndoTriageForm(), act), stay=True)


@blueprint.post("/<int:number>/sensitive")
def sensitive(number: int) -> Answer:
    """Mark a passage sensitive, or take one's own mark back."""

    def act(proposal: Proposal) -> None:
        if proposal.sensitive_by is None:
            second_person.mark_sensitive(context.session(), proposal, **acting())
        else:
            second_person.unmark_sensitive(context.session(), proposal, **acting())

    return _decide(number, Decision(UndoTriageForm(), act), stay=True)
