"""What an erasure of a person takes away, counted by kind before it is done."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from tracker.erasure.redact import spans_of_person
from tracker.mail.models import Outgoing
from tracker.people.merged_records import merged_into
from tracker.people.models import Label, Person
from tracker.reports.models import Report
from tracker.updates.models import Update


@dataclass(frozen=True)
class ErasurePreview:
    """How much there is of each kind; turns go only with all that the person said."""

    printed_names: int
    notes: int
    mails: int
    reports: int
    turns: int


def preview_erasure(session: Session, person: Person) -> ErasurePreview:
    """Count what the person's record, and those merged into it, would lose; issued reports get a new version."""
    numbers = [person.id, *(record.id for record in merged_into(session, person))]

    def count(column: Any, *also: sa.ColumnElement[bool]) -> int:
        return session.exec(select(sa.func.count()).where(column.in_(numbers), *also)).one()

    pictures = session.exec(select(Report.picture)).all()
    return ErasurePreview(
        printed_names=count(col(Label.person_id)),
        notes=count(col(Update.author_id), col(Update.note) != ""),
        mails=count(col(Outgoing.person_id)),
        reports=sum(any(f"person:{number}" in picture["names"] for number in numbers) for picture in pictures),
        turns=len(spans_of_person(session, numbers)),
    )
