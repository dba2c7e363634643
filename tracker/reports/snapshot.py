"""The frozen picture: the whole of what a report shows, as plain values that turn into JSON and back.

Names stand apart from what they do, under keys such as "person:7": each is said once, as it was on the day, and an
erasure has one place to go to. A passage is named by file and offsets beside its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from tracker.items.models import Capacity, Channel, ItemKind, Progress, ProposerView, Relation, WaitingKind
from tracker.items.party_models import ResponseState, Stance

#: the form of the stored values; a later form must still read this one
FORM = 1


class Scope(StrEnum):
    """Which items a picture holds, and so who may read it: what is published, or all."""

    PUBLISHED = "published"
    INTERNAL = "internal"


class ReportStanding(StrEnum):
    """Where an item stands on the day: exactly one of these, bad news first."""

    OVERDUE = "overdue"
    DISPUTED = "disputed"
    PAST = "past"
    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    NO_LONGER_PURSUED = "no-longer-pursued"


@dataclass(frozen=True)
class ReportedAnswer:
    """An addressee, and what it has answered.

    In a public report a person appears as the body they serve in; who serves in none, without a name.
    """

    party: str
    response: ResponseState
    responded_on: date | None = None


@dataclass(frozen=True)
class ReportedPosition:
    """Where a party stands, in what capacity, by which passage."""

    party: str
    stance: Stance
    condition: str | None = None
    capacity: Capacity = Capacity.NOT_STATED
    capacity_of: str | None = None
    reported_by: str | None = None
    #: number of the passage
    passage: int | None = None


@dataclass(frozen=True)
class ReportedQuote:
    """A passage: characters start to end of the file of that SHA-256, and its words where they are published."""

    passage: int
    sha256: str
    start: int
    end: int
    relation: Relation = Relation.NEW
    transcript: int | None = None
    #: number of the turn it stands in
    turn: int | None = None
    speaker: str | None = None
    words: str | None = None
    #: of a written contribution, not of captions
    is_written: bool = False


@dataclass(frozen=True)
class ReportedItem:
    """One item as it stood on the day."""

    number: int
    title: str
    kind: ItemKind
    progress: Progress
    created_on: date
    text: str = ""
    theme: str | None = None
    #: whoever put it forward; or else the party of which `reported_by` told, which counts for nobody
    put_forward_by: str | None = None
    reported_of: str | None = None
    #: the stakeholder group of whoever put it forward
    group: str = "unknown"
    capacity: Capacity = Capacity.NOT_STATED
    capacity_of: str | None = None
    channel: Channel = Channel.IN_THE_ROOM
    reported_by: str | None = None
    condition: str | None = None
    condition_met_on: date | None = None
    progress_reason: str | None = None
    done_count: int | None = None
    total_count: int | None = None
    waiting_for: str | None = None
    #: what kind of thing it waits for, if it was stated
    waiting_kind: WaitingKind | None = None
    due_on: date | None = None
    #: the last day on which it is not late: its due day, or the end of the milestone that runs then; null in pictures
    #: taken before this was recorded, and where it is the due day
    in_time_until: date | None = None
    #: slug of the milestone its due date hangs from
    milestone: str | None = None
    promised_on: date | None = None
    proposer_view: ProposerView | None = None
    is_internal: bool = False
    #: day of the last update
    last_news_on: date | None = None
    #: the body that owns it; for a person the body they serve in, because owners are counted by body
    owner: str | None = None
    is_owned: bool = False
    #: an owner or an addressee has accepted it; null in pictures taken before this was recorded
    is_accepted: bool | None = None
    answers: tuple[ReportedAnswer, ...] = ()
    stands: tuple[ReportedPosition, ...] = ()
    quotes: tuple[ReportedQuote, ...] = ()


@dataclass(frozen=True)
class ReportedMilestone:
    """A milestone as it stood on the day."""

    slug: str
    title: str
    starts_on: date
    ends_on: date
    place: str | None = None
    tentative: bool = False


@dataclass(frozen=True)
class Gone:
    """An item that the previous report had and this one has not."""

    number: int
    title: str
    progress: Progress
    is_disputed: bool = False
    is_partly: bool = False


@dataclass(frozen=True)
class ReportedStep:
    """An item whose progress, or the doubt about its closing, has changed since the previous report."""

    number: int
    before: Progress
    after: Progress
    was_disputed: bool = False
    is_disputed: bool = False
    was_partly: bool = False
    is_partly: bool = False


@dataclass(frozen=True)
class Reply:
    """An addressee whose response has changed since the previous report; `before` is null if it was none then."""

    number: int
    party: str
    before: ResponseState | None
    after: ResponseState


@dataclass(frozen=True)
class Shift:
    """An item whose due day has changed since the previous report."""

    number: int
    before: date | None
    after: date | None


@dataclass(frozen=True)
class Turned:
    """An item that stands elsewhere than in the previous report though its progress is the same: time may do that."""

    number: int
    before: ReportStanding
    after: ReportStanding


@dataclass(frozen=True)
class Changes:
    """What has changed since the previous report; `new` are numbers of items."""

    new: tuple[int, ...] = ()
    gone: tuple[Gone, ...] = ()
    steps: tuple[ReportedStep, ...] = ()
    replies: tuple[Reply, ...] = ()
    shifts: tuple[Shift, ...] = ()
    turned: tuple[Turned, ...] = ()
    #: numbers of items that have an owner now, and of those that have none any longer
    owned: tuple[int, ...] = ()
    unowned: tuple[int, ...] = ()


@dataclass(frozen=True)
class Previous:
    """The report that this one is compared with: its figures by name, and what has changed since."""

    milestone: str
    title: str
    number: int
    as_of: date
    figures: Mapping[str, int]
    changes: Changes


@dataclass(frozen=True)
class Picture:
    """A day of a register: its items, calendar and names."""

    body: str
    body_name: str
    #: slug of the milestone the report is for
    milestone: str
    as_of: date
    scope: Scope
    #: number of the last line of history that it knows of
    events_through: int
    entries: tuple[ReportedItem, ...] = ()
    points: tuple[ReportedMilestone, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    #: internal items left out
    left_out: int = 0
    previous: Previous | None = None
    form: int = FORM

    def point(self, slug: str | None) -> ReportedMilestone | None:
        """Return that milestone of the calendar."""
        return next((point for point in self.points if point.slug == slug), None)

    def name(self, key: str | None) -> str:
        """Return what that person or body was called; empty for nobody."""
        if key:
            return self.names.get(key, "")
        return ""


_STORED = TypeAdapter(Picture)


def to_json(picture: Picture) -> dict[str, Any]:
    """Return the picture as values that a JSON column takes."""
    stored: dict[str, Any] = _STORED.dump_python(picture, mode="json", exclude_defaults=True)
    return {"entries": [], "names": {}, **stored, "form": picture.form}


def from_json(stored: Mapping[str, Any]) -> Picture:
    """Return the picture of a stored report; raise ValueError if it is none."""
    return _STORED.validate_python(stored)


def without_person(picture: Picture, key: str, tombstone: str) -> Picture:
    """Return the picture without that person's words, and with the tombstone in place of their name."""
    entries = tuple(
        replace(entry, quotes=tuple(_silent(quote, key) for quote in entry.quotes)) for entry in picture.entries
    )
    names = {**picture.names, key: tombstone} if key in picture.names else picture.names
    return replace(picture, names=names, entries=entries)


def _silent(quote: ReportedQuote, key: str) -> ReportedQuote:
    if quote.speaker == key:
        return replace(quote, words=None)
    return quote
