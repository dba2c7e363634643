"""Without a relay mails become files that the secretariat reads."""

from pathlib import Path

import pytest
from sqlmodel import Session

from tests.mail.offices import LETTERHEAD, put, row
from tracker.clock import real_now
from tracker.db import Sessions
from tracker.mail import relay_state
from tracker.mail.delivery import deliver
from tracker.mail.delivery_office import Office
from tracker.mail.delivery_outcome import DeliveryFate
from tracker.mail.message_bytes import Letter
from tracker.mail.message_folder import Folder
from tracker.mail.models import MailKind, MailState

LETTER = Letter("digest.2012-11-12.ab", "ana@example.org", b"Subject: x\r\n\r\nText\r\n")


def leave() -> bool:
    return True


def test_a_message_becomes_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    assert Folder(tmp_path / "mail").hand_over(LETTER, leave).fate is DeliveryFate.SENT
    [file] = (tmp_path / "mail").iterdir()
    assert (file.name, file.read_bytes()) == ("digest.2012-11-12.ab.eml", LETTER.message)
    assert file.stat().st_mode & 0o077 == 0


def test_a_copy_replaces_the_first(tmp_path: Path) -> None:
    for _ in range(2):
        Folder(tmp_path).hand_over(LETTER, leave)
    assert len(list(tmp_path.iterdir())) == 1


def test_nothing_is_written_without_leave(tmp_path: Path) -> None:
    assert Folder(tmp_path).hand_over(LETTER, lambda: False).fate is DeliveryFate.LEASE_LOST
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said_and_not_raised(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file in its place")
    outcome = Folder(tmp_path / "mail").hand_over(LETTER, leave)
    assert outcome.fate is DeliveryFate.RELAY_FAILED
    assert "exists" in outcome.text


@pytest.mark.parametrize("kind", [MailKind.REQUEST, MailKind.SIGN_IN])
def test_mail_goes_into_the_folder_unheld_and_stays_readable(
    sessions: Sessions, session: Session, tmp_path: Path, kind: MailKind
) -> None:
    put(session, kind=kind, now=real_now())
    deliver(Office(sessions, Folder(tmp_path), LETTERHEAD))
    assert (row(session).state, row(session).text) == (MailState.SENT, "Text\n")
    assert relay_state.the_relay(session).held_since is None
    assert len(list(tmp_path.glob("*.eml"))) == 1
