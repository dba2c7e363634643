"""Each text column is searched by an erasure, or stands here with why it never holds what people say or are called."""

import sqlalchemy as sa
from sqlmodel import AutoString, SQLModel

import tracker.erasure.erase_again
import tracker.jobs.models
from tracker.erasure.sweep import text_columns

KEY = "a primary or foreign key: another name for a row"
MADE = "made by the program: a hash, a token, a code"
BODY = "the name of a group, and no person's"
HELD = "emptied or read apart by the erasure itself"
NEVER = {
    "assistant_reading.lease_token": MADE,
    "body.language": MADE,
    "body.name": BODY,
    "body.slug": MADE,
    "body.timezone": MADE,
    "calendar_link.token_hash": MADE,
    "event.actor": MADE,
    "event.subject": MADE,
    "event.verb": MADE,
    "evidence.media_type": MADE,
    "invitation.token_hash": MADE,
    "job_run.name": KEY,
    "label.text": HELD,
    "meaning.vector": HELD,
    "meeting.slug": MADE,
    "milestone.slug": MADE,
    "outgoing.lease_token": MADE,
    "outgoing.message": HELD,
    "outgoing.message_id": MADE,
    "party.slug": HELD,
    "passage.sha256": MADE,
    "person.language": MADE,
    "person.name": HELD,
    "person.password_hash": MADE,
    "person.slug": HELD,
    "person.timezone": MADE,
    "saved_view.slug": MADE,
    "sign_in_link.token_hash": KEY,
    "sign_in_session.id_hash": KEY,
    "stakeholder_group.slug": KEY,
    "suppression.to_addr": KEY,
    "trained_detector.model": HELD,
    "transcript.author_group": KEY,
    "transcript.media_type": MADE,
    "transcript.sha256": MADE,
    "upload.lease_token": MADE,
    "upload.sha256": MADE,
    "wording.written_by": MADE,
}


def columns(*, searched: bool) -> set[str]:
    kinds = (AutoString, sa.String, sa.JSON, sa.LargeBinary)
    return {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, kinds) and not isinstance(column.type, sa.Enum)
        if (column in text_columns(table)) == searched
    }


def test_a_text_column_that_is_not_searched_has_its_reason() -> None:
    assert tracker.erasure.erase_again
    assert columns(searched=False) == set(NEVER)


def test_what_people_write_is_searched() -> None:
    written = {"item.title", "item.text", "item_update.note", "wording.text", "event.after", "report.picture"}
    assert written <= columns(searched=True)
