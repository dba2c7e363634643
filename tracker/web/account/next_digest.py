"""When somebody's next digest comes, in plain words and on their own clock."""

from datetime import date, datetime

from flask_babel import format_datetime, gettext
from sqlmodel import col, select

from tracker.digests.runs.send_times import Rhythm, is_paused
from tracker.digests.runs.subscribers import Subscriber, subscribers
from tracker.people.models import Person
from tracker.people.queries import sight_of
from tracker.web.app import context
from tracker.web.app.template_filters import day

#: Monday 12 November, 08:00
PATTERN = "EEEE d MMMM, HH:mm"


def digest_of(person: Person) -> Subscriber | None:
    """Return the person as one who gets digests; None if they get none, or have no address."""
    own = select(Person.id).where(col(Person.id) == person.id)
    return next(iter(subscribers(context.session(), context.now(), own)), None)


def next_digest(person: Person) -> str:
    """Return the sentence that says when the person's next digest comes, or why none does."""
    if not person.email:
        return str(gettext("You have no mail address here, so no digest comes. Ask the secretariat to add one."))
    reader = digest_of(person)
    if reader is None:
        return str(gettext("No digest comes."))
    if not sight_of(context.session(), person, context.now()).register_ids:
        return str(
            gettext(
                "You have no role here today, so no digest comes. A mail tells you when somebody answers, closes or "
                "reopens what you put forward or supported."
            )
        )
    due = reader.next_due(context.now())
    if due <= context.now():
        return str(gettext("The next one comes within minutes, if there is something to report."))
    when = on_their_clock(due, reader.rhythm)
    pause_end = _pause_end(reader)
    if pause_end is not None:
        return str(
            gettext("Paused until %(day)s. The next one comes %(when)s your time.", day=day(pause_end), when=when)
        )
    return str(gettext("The next one comes %(when)s your time, if there is something to report.", when=when))


def _pause_end(reader: Subscriber) -> date | None:
    today = context.now().astimezone(reader.rhythm.zone).date()
    if is_paused(reader.paused_until, today):
        return reader.paused_until
    return None


def on_their_clock(moment: datetime, rhythm: Rhythm) -> str:
    """Return a moment as the clock on the reader's wall shows it: Monday 12 November, 08:00."""
    return str(format_datetime(moment.astimezone(rhythm.zone).replace(tzinfo=None), PATTERN, rebase=False))
