"""Station 1, what was said: the reader of a transcript, and its file as it was imported."""

from io import BytesIO

from flask import Blueprint, abort, render_template, request, send_file
from werkzeug.wrappers import Response

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
    told = fates(session, transcript, meeting, context.sight())
    spoken = queries.spoken(session, transcript.id)
    joined = queries.joined(session, transcript.id)
    at = speeches.span_of(request.args.get("at"), transcript.text)
    leaf = reader_pages.leaf(transcript, spoken, joined, at)
    passages = [Span(fate.place.start, fate.place.end) for fate in told]
    return render_template(
        "transcripts/page.html",
        transcript=transcript,
        meeting=meeting,
        author=queries.author(session, transcript) if transcript.is_written else None,
        versions=queries.versions(session, meeting.id, transcript.author_key),
        speeches=speeches.speeches(transcript.text, leaf.shown, [*passages, at] if at else passages, joined),
        leaf=leaf,
        tags=[speeches.tag(fate) for fate in told],
        at=len(told) if at else None,
        place=speeches.place(transcript, told, at),
        unknown=sum(one.person is None for one in spoken),
        may_mark=context.is_secretariat() or meeting.id in context.meetings_reported(),
    )


@blueprint.get("/<int:number>/original")
def original(number: int) -> Response:
    """Hand out the file byte for byte, never to be shown by the browser itself."""
    transcript, _ = found_or_404(number)
    answer = send_file(
        BytesIO(transcript.original),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=clean_line(transcript.filename) or "transcript",
        etag=False,
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
