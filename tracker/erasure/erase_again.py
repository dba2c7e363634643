"""Doing an erasure again on a database that came out of an older backup."""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from tracker.db import find_row
from tracker.erasure.erase_person import erase_everywhere
from tracker.erasure.ledger_entry import LedgerEntry
from tracker.history import Actor, ChangeWay
from tracker.mail import message_folder
from tracker.people.merged_records import undo_merge
from tracker.people.models import Person


def erase_again(session: Session, entry: LedgerEntry, *, var: Path, now: datetime) -> bool:
    """Do the erasure, with the mails kept under `var`; return False where there is nothing to do."""
    person = find_row(session, Person, entry.person_id)
    if person is None or person.erased_on:
        return False
    by = Actor(None, ChangeWay.COMMAND_LINE)
    # What was erased was a record of its own, and ran nothing any more.
    if person.merged_into_id is not None:
        undo_merge(session, person, by=by, now=now)
    person.is_operator = False
    ground = f"Erased on {entry.at:%Y-%m-%d} ({entry.ground}), and again after a restore."
    erased = erase_everywhere(session, person, ground, today=entry.at.date(), by=by, now=now)
    message_folder.forget(var / "mail", erased.mails)
    return True
