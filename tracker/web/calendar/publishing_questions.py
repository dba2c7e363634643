"""What is asked before a meeting or an agenda is published: how much anyone can read then, and who is named."""

from collections.abc import Iterator, Sequence

from flask import url_for
from flask_babel import gettext, ngettext

from tracker.agendas.queries import AgendaPoint
from tracker.calendar.meeting_results import MeetingSpeaker, meeting_speakers
from tracker.meetings.models import Meeting, Milestone, Visibility
from tracker.transcripts.queries import Contribution, contributions, versions
from tracker.updates.publishing_effect import quotes_shown_by
from tracker.web.app import context
from tracker.web.app.publish_question import PublishQuestion


def question_about_meeting(meeting: Meeting) -> PublishQuestion:
    """Return the question whether the meeting is to be published."""
    session = context.session()
    transcripts = versions(session, meeting.id)
    written = contributions(session, meeting.id)
    speakers = list[MeetingSpeaker]()
    if transcripts:
        speakers = meeting_speakers(session, transcripts[0].id)
    identified = {speaker.name for speaker in speakers if speaker.is_identified}
    named = identified | {contribution.author for contribution in written}
    return PublishQuestion(
        heading=gettext("Publish %(title)s", title=meeting.title),
        becomes_readable=list(_of_meeting(meeting, speakers, written)),
        stays=[gettext("Only the people of this body see passages that wait for triage, and internal items.")],
        names=sorted(name for name in named if name),
        action=url_for("meetings.show", slug=meeting.slug, value=Visibility.PUBLISHED.value),
        button=gettext("Publish the meeting"),
        back=url_for("meetings.page", slug=meeting.slug),
        back_label=meeting.title,
        above=(url_for("meetings.listing"), gettext("Meetings")),
        unidentified=sorted(speaker.name for speaker in speakers if speaker.name and not speaker.is_identified),
    )


def _of_meeting(meeting: Meeting, speakers: Sequence[MeetingSpeaker], written: Sequence[Contribution]) -> Iterator[str]:
    yield gettext("The meeting, with its day, place and recording.")
    turns = sum(speaker.turns for speaker in speakers)
    if turns:
        yield ngettext(
            "The whole transcript: %(num)d turn, with who spoke.",
            "The whole transcript: %(num)d turns, with who spoke.",
            turns,
        )
    if written:
        yield ngettext(
            "%(num)d written contribution, with its author.",
            "%(num)d written contributions, with their authors.",
            len(written),
        )
    quotes = quotes_shown_by(context.session(), meeting.id)
    if quotes:
        yield ngettext(
            "%(num)d quote in items that are published.", "%(num)d quotes in items that are published.", quotes
        )


def question_about_agenda(milestone: Milestone, points: Sequence[AgendaPoint]) -> PublishQuestion:
    """Return the question whether the agenda of a milestone is to be published."""
    public = [point for point in points if point.line.item.visibility is Visibility.PUBLISHED]
    becomes_readable = [
        ngettext(
            "%(num)d item of the agenda, which is published itself.",
            "%(num)d items of the agenda, which are published themselves.",
            len(public),
        )
    ]
    stays = [gettext("The notes for the chair are never shown to others.")]
    if internal := len(points) - len(public):
        stays.insert(
            0,
            ngettext(
                "%(num)d item is internal, and does not appear.",
                "%(num)d items are internal, and do not appear.",
                internal,
            ),
        )
    return PublishQuestion(
        heading=gettext("Publish the agenda of %(title)s", title=milestone.title),
        becomes_readable=becomes_readable,
        stays=stays,
        names=[],
        action=url_for("agendas.show", slug=milestone.slug, value=Visibility.PUBLISHED.value),
        button=gettext("Publish the agenda"),
        back=url_for("agendas.page", slug=milestone.slug),
        back_label=gettext("Agenda"),
        above=(url_for("milestones.page", slug=milestone.slug), milestone.title),
    )
