"""Station 1, what was said: the reader of a transcript, and its file as it was imported."""

from io import BytesIO

from flask import Blueprint, abort, render_template, request, send_file
from werkzeug.wrappers import Response

from tracker.erasure.redactions import redactions_of
from tracker.meetings.models import Meeting
from tracker.text import clean_line
from tracker.transcripts import queries
from tracker.transcripts.models import Transcript
from tracker.transcripts.text_positions import Span
from tracker.triage.passage_outcomes import fates
from tracker.web.app import context
from tracker.web.transcripts import reader_pages, speeches

blueprint = Blueprint("transcripts", __name__, url_prefix="/transcripts")


def found_or_404(number: int) -> tuple[Transcript, Meeting]:
    """Return the transcript and its meeting; 404 also for what the reader may not see."""
    transcript = queries.transcript(context.session(), context.body_id(), number, context.sight())
    return transcript or abort(404)


@blueprint.get("/<int:number>")
def page(number: int) -> str:
    """Show what was said, with what became of each passage: a page of turns, or those with the words asked for."""
    session = context.session()
    transcript, meeting = found_or_404(number)
    outcomes = fates(session, transcript, meeting, context.sight())
    spoken = queries.spoken(session, transcript.id)
    joined = queries.joined(session, transcript.id)
    at = speeches.span_of(request.args.get("at"), transcript.text)
    leaf = reader_pages.leaf(transcript, spoken, joined, at)
    # The place that the address names is marked too, after those that have an outcome: it may be any words.
    passages = [Span(fate.place.start, fate.place.end) for fate in outcomes]
    if at is not None:
        passages.append(at)
    redacted = redactions_of(session, transcript)
    return render_template(
        "transcripts/page.html",
        transcript=transcript,
        meeting=meeting,
        author=transcript.is_written and queries.author(session, transcript),
        versions=queries.versions(session, meeting.id, transcript.author_key),
        speeches=speeches.speeches(transcript.text, leaf.shown, passages, joined),
        leaf=leaf,
        tags=[speeches.tag(fate) for fate in outcomes],
        at=at and len(outcomes),
        place=speeches.place(transcript, outcomes, at),
        unknown=sum(one.person is None for one in spoken),
        redacted=speeches.redacted_turns(redacted, leaf.shown),
        to_confirm=speeches.to_confirm(redacted),
        has_assistant=context.config().assistant is not None,
        may_mark=context.is_secretariat() or meeting.id in context.meetings_reported(),
    )


@blueprint.get("/<int:number>/original")
def original(number: int) -> Response:
    """Hand out the file byte for byte, never to be shown by the browser itself."""
    transcript, _ = found_or_404(number)
    # A file may be HTML with a script in it: it is saved, never opened on this site's own address.
    answer = send_file(
        BytesIO(transcript.original),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=clean_line(transcript.filename) or "transcript",
        etag=False,
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
