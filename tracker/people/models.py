"""Who: bodies, people and their names as printed, terms, parties; sign-in and its throttle."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from flask_login import UserMixin
from sqlmodel import Field, SQLModel

from tracker.db import UTCDateTime, choice
from tracker.history import Recorded


class GroupSource(StrEnum):
    """How a stakeholder group is known."""

    STATED = "stated"
    MEMBER_LIST = "member-list"
    SELF_DECLARED = "self-declared"
    GUESSED = "guessed"


class Role(StrEnum):
    """What a person is in a body during a term."""

    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    MEMBER = "member"
    RAPPORTEUR = "rapporteur"


class Frequency(StrEnum):
    """How often a digest comes."""

    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"
    NEVER = "never"


class Body(Recorded, SQLModel, table=True):
    """A group that meets and owes things. A register keeps items of its own."""

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    #: what it is for, in one sentence: the public front of a register opens with it
    purpose: str = ""
    #: the register whose people its terms count for
    parent_id: int | None = Field(default=None, foreign_key="body.id")
    is_register: bool = False
    #: loaded as an example, and removable with one button
    is_sample: bool = False
    timezone: str = "UTC"
    language: str = "en"
    stakeholder_group: str = "unknown"
    #: how long the digests that speak of this register are kept
    digest_months: int = 24
    #: a run of digests that is unusual waits for the secretariat
    holds_unusual: bool = True
    version: int = 1


class StakeholderGroup(SQLModel, table=True):
    """One group that people speak for; the seed may name more than the usual eight."""

    __tablename__ = "stakeholder_group"

    slug: str = Field(primary_key=True)
    name: str


class Person(Recorded, UserMixin, SQLModel, table=True):  # type: ignore[misc]  # flask-login has no types
    """Somebody who speaks, owns or reads; may sign in if there is an address."""

    id: int = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    affiliation: str | None = None
    stakeholder_group: str = "unknown"
    group_source: GroupSource | None = Field(default=None, sa_type=choice(GroupSource))
    email: str | None = Field(default=None, unique=True)
    password_hash: str | None = None
    #: may run the installation itself: clock, mail hold, bodies
    is_operator: bool = False
    #: ends every session and link of this person when it moves
    token_epoch: int = 0
    timezone: str | None = None
    language: str = "en"
    #: set on a record that was merged into another; reads follow it
    merged_into_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    erased_on: date | None = None
    version: int = 1

    @property
    def is_active(self) -> bool:
        """Tell flask-login whether this person may be signed in."""
        return self.merged_into_id is None and self.erased_on is None


class Label(Recorded, SQLModel, table=True):
    """A name as printed in front of speech, and whose it is within one register."""

    __table_args__ = (sa.UniqueConstraint("register_id", "text"),)

    id: int = Field(default=None, primary_key=True)
    register_id: int = Field(foreign_key="body.id")
    person_id: int = Field(foreign_key="person.id", index=True)
    text: str

    def history_key(self) -> str:
        """Return the person whose name it is."""
        return f"person:{self.person_id}"


class Term(Recorded, SQLModel, table=True):
    """A person's role in a body from one day to another (both included; open if no last day)."""

    __table_args__ = (sa.CheckConstraint("last_day IS NULL OR last_day >= first_day", name="days_in_order"),)

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    role: Role = Field(sa_type=choice(Role))
    first_day: date
    last_day: date | None = None
    version: int = 1

    def history_key(self) -> str:
        """Return the person who serves."""
        return f"person:{self.person_id}"


class Party(Recorded, SQLModel, table=True):
    """A person, a body, or a class such as "governments": whoever can be addressed, own or take a position."""

    __table_args__ = (
        sa.CheckConstraint(
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN body_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN class_name IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_of_three",
        ),
    )

    id: int = Field(default=None, primary_key=True)
    #: one namespace for all parties of the installation
    slug: str = Field(unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", unique=True)
    body_id: int | None = Field(default=None, foreign_key="body.id", unique=True)
    class_name: str | None = None
    #: who answers for a body or a class, and the second one
    steward_id: int | None = Field(default=None, foreign_key="person.id")
    second_id: int | None = Field(default=None, foreign_key="person.id")
    version: int = 1


class SignInSession(SQLModel, table=True):
    """A browser that is signed in; kept on the server, so that signing out ends it."""

    __tablename__ = "sign_in_session"

    #: SHA-256 of the 256-bit identifier in the cookie
    id_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    token_epoch: int
    created_at: datetime = Field(sa_type=UTCDateTime)
    seen_at: datetime = Field(sa_type=UTCDateTime)


class SignInLink(SQLModel, table=True):
    """A link that signs one person in once; only its hash is kept."""

    __tablename__ = "sign_in_link"

    token_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_type=UTCDateTime)
    expires_at: datetime = Field(sa_type=UTCDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class CalendarLink(SQLModel, table=True):
    """The address under which a person's calendar program reads; only the hash of its secret is kept."""

    __tablename__ = "calendar_link"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    token_hash: str = Field(unique=True)
    #: it ends with the person's sessions and links
    token_epoch: int
    made_at: datetime = Field(sa_type=UTCDateTime)


class Invitation(Recorded, SQLModel, table=True):
    """The last invitation of a person into a register, and how many there have been."""

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    body_id: int = Field(primary_key=True, foreign_key="body.id", index=True)
    invited_by: int | None = Field(default=None, foreign_key="person.id")
    #: by the installation's clock
    invited_at: datetime = Field(sa_type=UTCDateTime)
    #: by the real clock, as of every link
    expires_at: datetime = Field(sa_type=UTCDateTime)
    #: SHA-256 of the link's token; null once it was withdrawn
    token_hash: str | None = None
    times: int = 0

    def history_key(self) -> str:
        """Return the person who is invited."""
        return f"person:{self.person_id}"


class FirstSignIn(SQLModel, table=True):
    """When a person first signed in, by the real clock: after that they need no invitation."""

    __tablename__ = "first_sign_in"

    id: int = Field(primary_key=True, foreign_key="person.id")
    at: datetime = Field(sa_type=UTCDateTime)


class PeopleImport(Recorded, SQLModel, table=True):
    """An imported list of people; the list itself is not kept."""

    __tablename__ = "people_import"

    id: int = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    filename: str
    imported_by: int | None = Field(default=None, foreign_key="person.id")
    imported_at: datetime = Field(sa_type=UTCDateTime)
    #: number of rows that could not be imported
    refused: int = 0
    undone_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class ImportedPerson(SQLModel, table=True):
    """A person whom an import added or changed, and the role it gave them."""

    __tablename__ = "imported_person"

    id: int = Field(default=None, primary_key=True)
    import_id: int = Field(foreign_key="people_import.id", index=True)
    line: int
    person_id: int = Field(foreign_key="person.id", index=True)
    is_new: bool = False
    #: of the person's record when the import was done
    version: int = 1
    term_id: int | None = Field(default=None, foreign_key="term.id")
    #: the last line of history before this row was imported, and after: what it changed stands between them
    since: int | None = None
    until: int | None = None
    #: columns that undoing left alone, because somebody had changed them since
    stayed: list[str] | None = Field(default=None, sa_type=sa.JSON)


class Attempt(SQLModel, table=True):
    """One try to sign in, counted by account and by network where all processes see it."""

    __table_args__ = (sa.Index("ix_attempt_key_at", "key", "at"),)

    id: int = Field(default=None, primary_key=True)
    key: str
    at: datetime = Field(sa_type=UTCDateTime)


class Subscription(Recorded, SQLModel, table=True):
    """When a person's digest comes: how often, on which weekday and at which hour of their own time zone."""

    __table_args__ = (
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name="hour"),
    )

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    frequency: Frequency = Field(default=Frequency.WEEKLY, sa_type=choice(Frequency))
    #: 0 is Monday
    weekday: int = 0
    hour: int = 8
    subscribed_at: datetime = Field(sa_type=UTCDateTime)
    #: when these times were last set: the first digest by them comes after that
    set_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    #: the first day, where the person is, on which digests come again
    paused_until: date | None = None

    def history_key(self) -> str:
        """Return the person who reads it."""
        return f"person:{self.person_id}"


class StepsHidden(SQLModel, table=True):
    """A person who does not want to see the first steps any more."""

    __tablename__ = "steps_hidden"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
