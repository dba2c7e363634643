"""One mail through a real mail server: OpenSMTPD takes it from us and hands it on."""

import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlmodel import Session

from tests.bench.server import free_port
from tests.mail.offices import LETTERHEAD, opened, patient, put, row
from tests.mail.relays import Inbox, Relay
from tracker.db import Sessions
from tracker.mail.delivery import deliver
from tracker.mail.delivery_office import Office
from tracker.mail.models import MailState
from tracker.mail.smtp_conversation import Conversation, RelayAddress

SMTPD = shutil.which("smtpd") or "/usr/sbin/smtpd"
CONF = """
listen on 127.0.0.1 port {port}
action "on" relay host "smtp://127.0.0.1:{further}"
match from any for any action "on"
"""
LONGEST_START = 60.0
pytestmark = [
    pytest.mark.mail_server,
    pytest.mark.skipif(not Path(SMTPD).exists() or os.geteuid() != 0, reason="needs opensmtpd, and root to start it"),
]


class Mailbox:
    """Where OpenSMTPD hands mail on to."""

    def __init__(self) -> None:
        self.arrived = threading.Event()
        self.inbox = Inbox(data=self._take)

    def _take(self, _address: str) -> str:
        self.arrived.set()
        return "250 OK"


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def server(mailbox: Mailbox, tmp_path: Path) -> Iterator[int]:
    """The port of an OpenSMTPD that hands everything on to the mailbox."""
    port = free_port()
    with Relay(mailbox.inbox, ready_timeout=30) as further:
        conf = tmp_path / "smtpd.conf"
        conf.write_text(CONF.format(port=port, further=further.port))
        with subprocess.Popen([SMTPD, "-d", "-f", conf], stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            # Whatever it says has to go somewhere, or it would wait.
            threading.Thread(target=process.stderr.read, daemon=True).start()
            assert _listens(port, process), "OpenSMTPD did not start"
            yield port
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=30)


def _listens(port: int, process: subprocess.Popen[str]) -> bool:
    deadline = time.monotonic() + LONGEST_START
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        threading.Event().wait(0.05)
    return False


# On one database alone: OpenSMTPD runs once on a machine, and tests run beside each other.
def test_a_mail_passes_a_real_mail_server(sessions: Sessions, session: Session, server: int, mailbox: Mailbox) -> None:
    put(session, "ana")
    opened(sessions)
    post = Conversation(RelayAddress.parse(f"smtp://127.0.0.1:{server}"), LETTERHEAD, patient())
    deliver(Office(sessions, post, LETTERHEAD))
    mail = row(session)
    assert (mail.state, mail.last_code) == (MailState.SENT, 250), mail.last_text
    assert mailbox.arrived.wait(timeout=LONGEST_START)
    [(to, raw)] = mailbox.inbox.taken
    message = message_from_bytes(raw, policy=default)
    assert (to, "OpenSMTPD" in message["Received"]) == ("ana@example.org", True)
    assert message["Message-ID"] == f"<{mail.message_id}@igf.example.org>"
    assert [part.get_content().strip() for part in message.iter_parts()] == ["Text", "<p>Text</p>"]  # type: ignore[attr-defined]
