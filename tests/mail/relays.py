"""Mail relays for tests: aiosmtpd in this process, and one that answers by a script, line by line."""

import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Answer = str | None


@dataclass
class Inbox:
    """What a relay took, and what it is to say; an answer of None closes the connection."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    sender: Callable[[str], Answer] = lambda _address: "250 OK"
    recipient: Callable[[str], Answer] = lambda _address: "250 OK"
    data: Callable[[str], Answer] = lambda _address: "250 OK"

    def copies(self) -> Counter[str]:
        """Count what each address got."""
        return Counter(address for address, _ in self.taken)

    def message_ids(self, address: str) -> set[str]:
        """Return the names of the messages that one address got."""
        return {str(message_from_bytes(raw)["Message-ID"]) for to, raw in self.taken if to == address}

    async def handle_MAIL(self, server: SMTP, _s: Session, envelope: Envelope, address: str, _o: list[str]) -> str:  # noqa: N802
        envelope.mail_from = address
        return self._say(server, self.sender(address))

    async def handle_RCPT(self, server: SMTP, _s: Session, envelope: Envelope, address: str, _o: list[str]) -> str:  # noqa: N802
        answer = self._say(server, self.recipient(address))
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, _s: Session, envelope: Envelope) -> str:  # noqa: N802
        [address] = envelope.rcpt_tos
        answer = self.data(address)
        if answer is None or answer.startswith("2"):  # kept, whether or not the sender hears of it
            self.taken.append((address, envelope.original_content or b""))
        return self._say(server, answer)

    @staticmethod
    def _say(server: SMTP, answer: Answer) -> str:
        if answer is None:
            assert server.transport is not None
            server.transport.abort()
        return answer or "421 gone"


class Relay(Controller):
    """An aiosmtpd on a free port of this machine."""

    def __init__(self, inbox: Inbox | None = None, **options: Any) -> None:
        self.inbox = inbox or Inbox()
        super().__init__(self.inbox, hostname="127.0.0.1", port=0, **options)

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop(no_assert=True)


class ScriptedRelay:
    """Answers each line that begins with a given word as told, else 250; None closes the connection, "" stays silent.

    "GREETING" is said first, "DOT" after a message; "BODY" is asked at the first line of a message.
    """

    def __init__(self, script: dict[str, Answer], tls: ssl.SSLContext | None = None) -> None:
        self.script = {"GREETING": "220 here", "DATA": "354 go on", "BODY": "", "QUIT": "221 bye", **script}
        self.tls = tls
        self.lines: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)  # else it listens on as long as a thread waits in accept()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, self._secured(connection) as served:
            stream = served.makefile("rwb", buffering=0)
            if self._answer(stream, "GREETING"):
                self._lines(stream)

    def _secured(self, connection: socket.socket) -> socket.socket:
        return self.tls.wrap_socket(connection, server_side=True) if self.tls else connection

    def _lines(self, stream: Any) -> None:
        in_body = False
        for raw in stream:
            line = raw.decode("ascii").rstrip("\r\n")
            self.lines.append(line)
            word = line.split(" ")[0].upper()
            if in_body:
                word = "DOT" if line == "." else "BODY"
            if not self._answer(stream, word):
                return
            in_body = word == "BODY" or (word == "DATA" and str(self.script["DATA"]).startswith("354"))

    def _answer(self, stream: Any, word: str) -> bool:
        answer = self.script.get(word, "250 OK")
        if answer:
            stream.write(f"{answer}\r\n".encode())
        return answer is not None
