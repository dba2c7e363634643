"""What the ledger of erasures holds of each one: enough to do it again after a restore, and no name and no word."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ErasureKind(StrEnum):
    """What leaves."""

    NAME = "name"
    NAME_AND_WORDS = "name-and-words"
    PASSAGES = "passages"
    REDACTION = "redaction"


class ErasureGround(StrEnum):
    """Why, in general: what somebody wrote of it may name people, and stays in the database."""

    REQUESTED = "requested-by-the-person"
    LAW = "law-or-court"
    CONTACT_DETAILS = "contact-details"
    SOMEBODY_ELSE = "concerns-somebody-else"
    OTHER = "other"


@dataclass(frozen=True)
class ErasedSpan:
    """Characters of a transcript, from `start` up to `end`; the SHA-256 is that of the file as it was imported."""

    transcript_id: int
    sha256: str
    start: int
    end: int


@dataclass(frozen=True)
class LedgerEntry:
    """One erasure; `key` is random, and the same wherever the entry is copied."""

    key: str
    at: datetime
    kind: ErasureKind
    ground: ErasureGround
    person_id: int | None = None
    spans: tuple[ErasedSpan, ...] = ()
    #: when that record began: in another installation the number may be somebody else's
    person_since: datetime | None = None
