"""What a seed file holds, version 1: every key, its type, and what may be left out. docs/seed.md shows one."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from tracker.items.models import Capacity, Channel, DueFrom, ItemKind, Progress, WaitingKind
from tracker.items.party_models import ResponseState, Stance
from tracker.meetings.models import Visibility
from tracker.people.models import GroupSource, Role
from tracker.text import clean_line, clean_text

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Line = Annotated[str, AfterValidator(clean_line), StringConstraints(min_length=1, max_length=300)]
Text = Annotated[str, AfterValidator(clean_text), StringConstraints(max_length=5000)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Offset = Annotated[int, Field(strict=True, ge=0)]


class SeedEntry(BaseModel):
    """A part of the file; a key that is not named here is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GroupEntry(SeedEntry):
    """A stakeholder group beside the usual ones."""

    slug: Slug
    name: Line


class Stewarded(SeedEntry):
    """A party that somebody answers for."""

    slug: Slug
    name: Line
    #: who answers for it, and the second one
    steward: Slug | None = None
    second: Slug | None = None

    @model_validator(mode="after")
    def two_people(self) -> "Stewarded":
        """Refuse a second one who is the steward too, or who has no steward before them."""
        if self.second is not None and self.second == self.steward:
            raise ValueError("the second one must be another person than the steward")
        if self.second is not None and self.steward is None:
            raise ValueError("name the steward before the second one")
        return self


class BodyEntry(Stewarded):
    """A body; the register comes first."""

    register_: bool = Field(default=False, alias="register")
    #: an example that can be removed with one button
    sample: bool = False
    parent: Slug | None = None
    #: what it is for, in one sentence
    purpose: Line | None = None
    timezone: str = "UTC"
    language: str = "en"
    stakeholder_group: Slug = "unknown"


class ClassEntry(Stewarded):
    """A party that is neither person nor body."""


class PersonEntry(SeedEntry):
    """Somebody who spoke, with their names as printed."""

    slug: Slug
    name: Line
    labels: tuple[Line, ...] = ()
    affiliation: Line | None = None
    stakeholder_group: Slug = "unknown"
    group_source: GroupSource | None = None


class TermEntry(SeedEntry):
    """A role in a body from one day to another."""

    body: Slug
    role: Role
    from_: date = Field(alias="from")
    to: date | None = None


class AccountEntry(SeedEntry):
    """A person who can sign in."""

    slug: Slug
    name: Line
    email: Line
    terms: tuple[TermEntry, ...] = ()
    labels: tuple[Line, ...] = ()
    affiliation: Line | None = None
    stakeholder_group: Slug = "unknown"
    group_source: GroupSource | None = None
    timezone: str | None = None
    language: str = "en"
    #: they get the digests of that week and later
    digest_from: date | None = None
    #: 0 is Monday
    digest_day: Annotated[int, Field(ge=0, le=6)] = 0
    digest_hour: Annotated[int, Field(ge=0, le=23)] = 8


class MilestoneMoveEntry(SeedEntry):
    """A move of a milestone to other days, and why."""

    on: date
    by: Slug
    starts_on: date
    ends_on: date
    reason: Line


class AgendaPointEntry(SeedEntry):
    """An item on the agenda of a milestone, with a note for the chair."""

    on: date
    by: Slug
    item: Annotated[int, Field(strict=True, ge=1)]
    note: Text = ""


class MilestoneEntry(SeedEntry):
    """A dated point of the calendar, with the days it was first set for."""

    slug: Slug
    title: Line
    starts_on: date
    ends_on: date
    place: Line | None = None
    tentative: bool = False
    moves: tuple[MilestoneMoveEntry, ...] = ()
    agenda: tuple[AgendaPointEntry, ...] = ()


class MeetingEntry(SeedEntry):
    """A sitting where things were said."""

    slug: Slug
    title: Line
    starts_on: date
    ends_on: date
    place: Line | None = None
    milestone: Slug | None = None
    visibility: Visibility = Visibility.INTERNAL


class SourceEntry(SeedEntry):
    """A transcript that passages point into, known by its hash; `file` stands beside the seed and is imported."""

    name: Line
    meeting: Slug
    sha256: Sha256
    file: Line | None = None


class DueEntry(SeedEntry):
    """A day, or a milestone and days after its first or last day."""

    on: date | None = None
    milestone: Slug | None = None
    due_from: DueFrom = Field(default=DueFrom.FIRST_DAY, alias="from")
    offset_days: Annotated[int, Field(strict=True, ge=-3660, le=3660)] = 0

    @model_validator(mode="after")
    def one_of_two(self) -> "DueEntry":
        """Refuse both and neither."""
        if (self.on is None) == (self.milestone is None):
            raise ValueError("give either a day (on) or a milestone")
        return self


class PassageEntry(SeedEntry):
    """A range of characters of a source."""

    source: Line
    start: Offset
    end: Offset
    speaker: Slug | None = None


class PositionEntry(SeedEntry):
    """Where a party stands that did not put the item forward."""

    party: Slug
    stance: Stance
    condition: Line | None = None
    capacity: Capacity = Capacity.NOT_STATED
    capacity_of: Line | None = None
    channel: Channel = Channel.IN_THE_ROOM
    reported_by: Slug | None = None
    source: Line | None = None
    passage: tuple[Offset, Offset] | None = None

    @model_validator(mode="after")
    def what_belongs_together(self) -> "PositionEntry":
        """Refuse half a passage, and "supports if" without its if."""
        if (self.source is None) != (self.passage is None):
            raise ValueError("a passage needs its source, and a source its passage")
        if self.stance is Stance.SUPPORTS_IF and not self.condition:
            raise ValueError("supports-if needs a condition")
        return self


class ResponseEntry(SeedEntry):
    """What an addressee answered."""

    party: Slug
    response: ResponseState
    on: date
    answered_by: Line | None = None
    reason: Line | None = None


class UpdateEntry(SeedEntry):
    """A dated note of progress, and the progress it reports if it does."""

    on: date
    by: Slug
    note: Text
    progress: Progress | None = None
    #: for what it waits, or why it is no longer pursued
    reason: Line | None = None
    waiting_for: Slug | None = None
    waiting_kind: WaitingKind | None = None
    #: n of m, for what is done in part
    done: Annotated[int, Field(strict=True)] | None = None
    total: Annotated[int, Field(strict=True)] | None = None
    #: addresses of what proves it
    links: tuple[Line, ...] = ()


class DueMoveEntry(SeedEntry):
    """Another due date than the one before, and why."""

    on: date
    by: Slug
    due: DueEntry
    reason: Line


class ItemEntry(SeedEntry):
    """Something put forward that is followed up."""

    number: Annotated[int, Field(strict=True, ge=1)]
    title: Line
    kind: ItemKind
    text: Text = ""
    theme: Slug | None = None
    put_forward_by: Slug | None = None
    reported_by: Slug | None = None
    capacity: Capacity = Capacity.NOT_STATED
    capacity_of: Line | None = None
    channel: Channel = Channel.IN_THE_ROOM
    addressed_to: tuple[Slug, ...] = ()
    due: DueEntry | None = None
    condition: Line | None = None
    positions: tuple[PositionEntry, ...] = ()
    passages: tuple[PassageEntry, ...] = ()
    visibility: Visibility = Visibility.INTERNAL
    # what has happened since, for an example; else all is as on the first day
    created_on: date | None = None
    responses: tuple[ResponseEntry, ...] = ()
    #: who has been requested to own it and has not answered
    requested_to_own: Slug | None = None
    owner: Slug | None = None
    helpers: tuple[Slug, ...] = ()
    moves: tuple[DueMoveEntry, ...] = ()
    updates: tuple[UpdateEntry, ...] = ()


class ReportEntry(SeedEntry):
    """A report that was issued: how the items stood at the end of that day."""

    milestone: Slug
    as_of: date
    by: Slug


class SeedFile(SeedEntry):
    """The whole file."""

    format: Literal[1]
    #: the register that meetings, milestones and items belong to
    body: Slug
    groups: tuple[GroupEntry, ...] = ()
    bodies: Annotated[tuple[BodyEntry, ...], Field(min_length=1)]
    classes: tuple[ClassEntry, ...] = ()
    people: tuple[PersonEntry, ...] = ()
    accounts: tuple[AccountEntry, ...] = ()
    milestones: tuple[MilestoneEntry, ...] = ()
    meetings: tuple[MeetingEntry, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
    items: tuple[ItemEntry, ...] = ()
    reports: tuple[ReportEntry, ...] = ()
