"""What the list of triage shows: a page of passages in one state, with what may be done to several of them."""

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.meetings.models import Meeting
from tracker.meetings.queries import meetings
from tracker.people.models import Person
from tracker.proposals import queries
from tracker.proposals.filters import OPEN, Showing
from tracker.proposals.models import Advice, Proposal
from tracker.proposals.queries import ProposalEntry
from tracker.triage import passage_leases, queue
from tracker.triage.decide_batch import last_batch
from tracker.triage.filed_as_own import FiledAsOwn, filed_as_own
from tracker.triage.passage_outcomes import OutcomeItem, outcomes
from tracker.triage.rapporteur_advice import advice_on, advised
from tracker.web.app import context
from tracker.web.app.pick_field import TYPED
from tracker.web.triage.forms import BatchForm, QueueFilter
from tracker.web.triage.queue_scope import kept, progress, reading_budget, showing

PAGE_SIZE = 50


def named_meeting() -> Response | None:
    """Lead to the list of the meeting whose title was typed; None where none was, or it is not clear."""
    if f"meeting{TYPED}" not in request.args:
        return None
    choice = QueueFilter(request.args).offer(_meetings(showing()))
    if choice.meeting.errors:
        return None
    others = {name: value for name, value in kept(listing=True).items() if name != "meeting"}
    return redirect(url_for("triage.queue", meeting=choice.meeting.data or None, **others))  # type: ignore[arg-type]


def show(refused: BatchForm | None = None, status: int = 200) -> tuple[str, int]:
    """Draw the list that the address asks for; a form that was refused stands under it as it was typed."""
    session = context.session()
    body_id = context.body_id()
    scope = showing()
    now = context.now()
    far = progress()
    # An empty list has one page too, and an address beyond the last shows the last.
    pages = max(1, -(-queries.count(session, body_id, scope, now) // PAGE_SIZE))
    page = max(1, min(request.args.get("page", 1, type=int), pages))
    entries = queries.entries(session, body_id, scope, now=now, page=page, size=PAGE_SIZE)
    numbers = [entry.proposal.id for entry in entries]
    reader = context.person().id
    last = queries.last_decided(session, body_id, reader)
    readable = _meetings(scope)
    html = render_template(
        "triage/queue.html",
        showing=scope,
        kept=kept(listing=True),
        is_secretariat=context.is_secretariat(),
        counts=far.standing.counts,
        progress=far,
        budget=reading_budget(far),
        entries=entries,
        nobodys=_mostly_nobodys(entries),
        outcomes=_outcomes(numbers, last),
        held=passage_leases.held_by_others(session, numbers, reader),
        advice=advice_on(session, numbers),
        advised=_advised(scope),
        meetings=readable,
        filter=QueueFilter(request.args).offer(readable),
        filed=_filed_as_own(),
        to_look_at=queue.transcripts_to_come(session, body_id, replace(scope, is_clear=None)),
        corrected=queue.corrected_count(session, body_id, scope, now),
        last=last,
        batch=last_batch(session, body_id, reader, last),
        form=refused or BatchForm(formdata=None).offer(),
        refused=refused,
        is_ticked="ticked" in request.args,
        deciders=_deciders(scope),
        page=page,
        pages=pages,
    )
    return html, status


def _filed_as_own() -> list[FiledAsOwn]:
    """Return what counts as a speaker's own though their turn reports others; the secretariat decides of it."""
    if not context.is_secretariat():
        return []
    return filed_as_own(context.session(), context.body_id())


def _mostly_nobodys(entries: list[ProposalEntry]) -> ProposalEntry | None:
    """Return the first without a speaker, where most have none: one chair whom nobody knows is no reason to wait."""
    without = [entry for entry in entries if entry.lacks_speaker]
    if 2 * len(without) <= len(entries):
        return None
    return without[0]


def _outcomes(numbers: list[int], last: Proposal | None) -> dict[int, OutcomeItem]:
    """Return what became of the passages that are listed, and of the reader's last decision."""
    if last:
        numbers = [*numbers, last.id]
    return outcomes(context.session(), numbers, context.sight())


def _deciders(scope: Showing) -> list[Person]:
    """Return who decided what is listed, where anybody did."""
    if scope.state in OPEN:
        return []
    return queries.deciders(context.session(), context.body_id(), replace(scope, decided_by=None), context.now())


def _meetings(scope: Showing) -> list[Meeting]:
    readable = meetings(context.session(), context.body_id(), context.sight())
    if scope.among is None:
        return readable
    return [meeting for meeting in readable if meeting.id in scope.among]


def _advised(scope: Showing) -> list[tuple[Proposal, Advice]]:
    """Return what of the one meeting that is shown has an advice to be taken over."""
    if not scope.meeting or not context.is_secretariat():
        return []
    return advised(context.session(), context.body_id(), scope.meeting, context.now())
