"""A calendar as calendar programs read it (RFC 5545, RFC 7986): days without a zone, written by icalendar."""

from collections.abc import Iterable
from datetime import date, timedelta

from icalendar import Calendar, Event

from tracker.mail.compose_email import one_line
from tracker.web.calendar.feed_entries import FeedEntry

PRODUCT = "-//Intersession//Calendar//EN"
#: how often a program should look again
REFRESH = timedelta(hours=6)


def written(name: str, entries: Iterable[FeedEntry]) -> bytes:
    """Return the calendar; the library folds lines and escapes what people wrote."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    calendar.add("name", one_line(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", REFRESH)
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: FeedEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.first)
    if entry.last < date.max:
        event.add("dtend", entry.last + timedelta(days=1))  # the day after
    elif entry.first < date.max:
        event.add("dtend", date.max)  # no day comes after; without an end it lasts its one day
    event.add("summary", one_line(entry.title))
    event.add("description", "\n".join(map(one_line, entry.description.splitlines())))
    event.add("url", entry.url)
    event.add("status", entry.status)
    event.add("transp", "TRANSPARENT")  # nobody is busy for the whole of these days
    if entry.place:
        event.add("location", one_line(entry.place))
    return event
