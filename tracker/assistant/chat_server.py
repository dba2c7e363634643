"""One question to an OpenAI-compatible server, by the standard library: bounded in time and size, never led elsewhere.

No environment variable sends it through a proxy, no redirect is followed, and nothing of what goes wrong is logged with
words of the server or with the key.
"""

import http.client
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from tracker.assistant import call_faults
from tracker.assistant.call_faults import CallCutShort, ChatFault, fault_of_status
from tracker.config import AssistantServer

#: seconds for connecting, and for a whole call: a small machine takes a minute or two for a part
CONNECT_SECONDS = 10.0
CALL_SECONDS = 180.0
#: seconds between two looks whether a call has to end
LOOK_SECONDS = 0.2
#: bytes of an answer: a part has 6,000 characters, and no honest answer is a hundred times as long
MOST_BYTES = 600_000
#: no server counts more tokens for one part
MOST_TOKENS = 10_000_000
DEFAULT_PORTS = {"http": 80, "https": 443}
HTTP_FAULTS = (OSError, http.client.HTTPException, ValueError)


@dataclass(frozen=True)
class ChatReply:
    """What the model wrote, and the tokens that the server counted, if it did."""

    words: str
    tokens_sent: int | None
    tokens_answered: int | None


def never() -> bool:
    """Tell that nobody wants the call to end before its time."""
    return False


def ask(
    server: AssistantServer,
    messages: Sequence[dict[str, str]],
    *,
    seconds: float = CALL_SECONDS,
    has_to_end: Callable[[], bool] = never,
) -> ChatReply:
    """Ask once and return the reply; raises ChatFault for whatever goes wrong, CallCutShort where this must end."""
    body = json.dumps({"model": server.model, "messages": list(messages), "stream": False}).encode("ascii")
    status, wait, answer = _exchange(server, body, seconds, has_to_end)
    if status != http.client.OK:
        raise fault_of_status(status, wait)
    return _reply(answer)


def _exchange(
    server: AssistantServer, body: bytes, seconds: float, has_to_end: Callable[[], bool]
) -> tuple[int, timedelta | None, bytes]:
    """Return the status, how long the server asks to wait, and the bytes of its answer."""
    deadline = time.monotonic() + seconds
    connection = _connection(server)
    try:
        line = _line(server, min(seconds, CONNECT_SECONDS))
        with _cut_when(line, lambda: time.monotonic() > deadline or has_to_end()) as is_cut:
            status, wait, answer = _converse(connection, line, server, body)
    except HTTP_FAULTS as error:
        raise _fault_of(error, must_end=has_to_end()) from None
    finally:
        connection.close()
    if is_cut.is_set():  # an answer that lasts until the line ends did not last to its end
        raise _fault_of(TimeoutError(), must_end=has_to_end())
    if len(answer) > MOST_BYTES:
        raise ChatFault(call_faults.TOO_LONG)
    return status, wait, answer


def _connection(server: AssistantServer) -> http.client.HTTPConnection:
    parts = urlsplit(server.url)
    if parts.scheme == "https":
        return http.client.HTTPSConnection(parts.hostname or "", parts.port)
    return http.client.HTTPConnection(parts.hostname or "", parts.port)


def _line(server: AssistantServer, seconds: float) -> socket.socket:
    """Return a line to the server on which nothing was sent yet, not even the greeting of TLS."""
    parts = urlsplit(server.url)
    host = parts.hostname or ""
    port = parts.port or DEFAULT_PORTS[parts.scheme]
    line = socket.create_connection((host, port), timeout=seconds)
    if parts.scheme == "https":
        context = ssl.create_default_context()
        return context.wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
    return line


def _converse(
    connection: http.client.HTTPConnection, line: socket.socket, server: AssistantServer, body: bytes
) -> tuple[int, timedelta | None, bytes]:
    if isinstance(line, ssl.SSLSocket):
        line.do_handshake()
    line.settimeout(None)  # from here on the whole call has its time, and a model may think for long
    connection.sock = line
    connection.request("POST", f"{urlsplit(server.url).path}/chat/completions", body, _headers(server))
    response = connection.getresponse()
    answer = response.read(MOST_BYTES + 1)
    # Reading so many bytes and no more, the library does not say that the line broke off before.
    if response.length and len(answer) <= MOST_BYTES:
        raise http.client.IncompleteRead(answer)
    return response.status, _retry_after(response.getheader("Retry-After")), answer


def _headers(server: AssistantServer) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    if server.key:
        headers["Authorization"] = f"Bearer {server.key}"
    return headers


@contextmanager
def _cut_when(line: socket.socket, is_over: Callable[[], bool]) -> Iterator[threading.Event]:
    """Cut the line as soon as it is over, and tell so: a server that sends a byte now and then never times out.

    Whatever then fails is raised as TimeoutError. The line is closed at the end in any case.
    """
    is_cut = threading.Event()
    has_ended = threading.Event()

    def watch() -> None:
        while not has_ended.wait(LOOK_SECONDS):
            if is_over():
                is_cut.set()
                with suppress(OSError):
                    # By the descriptor: TLS would take its layer away under the thread that reads.
                    socket.socket.shutdown(line, socket.SHUT_RDWR)

    watcher = threading.Thread(target=watch, name="assistant call", daemon=True)
    watcher.start()
    try:
        yield is_cut
    except HTTP_FAULTS:
        if is_cut.is_set():
            raise TimeoutError from None
        raise
    finally:
        has_ended.set()
        watcher.join()
        line.close()


def _fault_of(error: Exception, *, must_end: bool) -> ChatFault | CallCutShort:
    if must_end:
        return CallCutShort()
    if isinstance(error, ssl.SSLCertVerificationError):
        return ChatFault(call_faults.BAD_CERTIFICATE)
    if isinstance(error, TimeoutError):
        return ChatFault(call_faults.TOO_SLOW, may_pass=True)
    return ChatFault(call_faults.UNREACHABLE, may_pass=True)


def _retry_after(value: str | None) -> timedelta | None:
    """Return how long the server asks to wait: it gives seconds or a moment (RFC 9110, 10.2.3); None for neither."""
    if value is None:
        return None
    if value.isascii() and value.isdecimal():
        return timedelta(seconds=min(int(value[:9]), 10**6))
    with suppress(ValueError, TypeError, OverflowError):
        moment = parsedate_to_datetime(value)
        if moment.tzinfo is not None:
            return max(timedelta(0), moment - datetime.now(UTC))
    return None


def _reply(answer: bytes) -> ChatReply:
    """Read the envelope; raises ChatFault where it is none."""
    try:
        envelope: Any = json.loads(answer)
    except (ValueError, RecursionError):
        # An envelope that only breaks off may come whole the next time.
        raise ChatFault(call_faults.NO_CHAT, may_pass=answer.lstrip().startswith(b"{")) from None
    try:
        words = envelope["choices"][0]["message"]["content"]
    except (LookupError, TypeError):
        raise ChatFault(call_faults.NO_CHAT) from None
    if not isinstance(words, str):
        raise ChatFault(call_faults.NO_CHAT)
    usage = envelope.get("usage")
    return ChatReply(words, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))


def _count(usage: Any, name: str) -> int | None:
    """Return a count of tokens; None where the server gives none that can be believed."""
    if not isinstance(usage, dict):
        return None
    count = usage.get(name)
    if isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MOST_TOKENS:
        return count
    return None
