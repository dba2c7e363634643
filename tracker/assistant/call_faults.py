"""What can go wrong with a call, what a person then does about it, and the one rule of trying again.

No message holds a word of what the server answered: it may repeat the key, or be written to deceive.
"""

from datetime import timedelta
from http import HTTPStatus

from tracker.errors import Refused

#: a part is asked for so often before the reading stops and waits for a person
MOST_TRIES = 3
#: before the second try, and the longest that is waited for at all
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(hours=1)
#: each wait is so many times the one before
GROWTH = 4

TOO_SLOW = Refused(
    "The assistant’s server did not answer in time. Try again later, or ask the operator for a faster model."
)
UNREACHABLE = Refused(
    "The assistant’s server cannot be reached. Ask the operator to check that it runs, and its address."
)
BAD_CERTIFICATE = Refused(
    "The certificate of the assistant’s server is not valid, so nothing was sent. Ask the operator to renew it, or to"
    " correct the address."
)
REDIRECTED = Refused(
    "The assistant’s server sends requests on to another address, which is not followed. Ask the operator to set"
    " the final address."
)
KEY_REFUSED = Refused("The assistant’s server does not accept the key. Ask the operator to correct it.")
NOT_FOUND = Refused("The assistant’s server does not know this address or model. Ask the operator to check both.")
NOT_ACCEPTED = (
    "The assistant’s server does not accept the request (HTTP %(status)s). Ask the operator whether the model reads"
    " texts of this length."
)
TOO_MANY = Refused("The assistant’s server has too many requests, or its quota is used up. Try again later.")
SERVER_FAILED = "The assistant’s server failed (HTTP %(status)s). Try again later."
TOO_LONG = Refused(
    "The answer of the assistant’s server was far too long and was not read. Ask the operator to check its address."
)
NO_CHAT = Refused(
    "The assistant’s server does not answer as an OpenAI-compatible server does. Ask the operator to check"
    " its address, which mostly ends in /v1."
)
NONSENSE = Refused(
    "The model’s answer cannot be read: it is not the JSON that was wanted, or it breaks off. Try again, or ask the"
    " operator for another model."
)
INTERRUPTED = Refused("Reading this part was interrupted three times. Try again, or skip the part.")


class ChatFault(Exception):  # noqa: N818 - it names what happened
    """A call came to nothing; `may_pass` where a later try may do, `wait` where the server says when."""

    def __init__(self, why: Refused, *, may_pass: bool = False, wait: timedelta | None = None) -> None:
        super().__init__(str(why))
        self.why = why
        self.may_pass = may_pass
        self.wait = wait


class CallCutShort(Exception):  # noqa: N818 - it names what happened
    """This process is about to end: the call is made again by the next one."""


def fault_of_status(status: int, wait: timedelta | None) -> ChatFault:
    """Return what an answer of that HTTP status means, which is not 200."""
    if 300 <= status < 400:
        return ChatFault(REDIRECTED)
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.PROXY_AUTHENTICATION_REQUIRED):
        return ChatFault(KEY_REFUSED)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        return ChatFault(NOT_FOUND)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return ChatFault(TOO_MANY, may_pass=True, wait=wait)
    if status == HTTPStatus.REQUEST_TIMEOUT or 500 <= status < 600:
        return ChatFault(Refused(SERVER_FAILED, status=status), may_pass=True, wait=wait)
    return ChatFault(Refused(NOT_ACCEPTED, status=status))


def wait_before(fault: ChatFault, tries: int) -> timedelta | None:
    """Return how long to wait before the next try, after so many; None where a person has to do something first."""
    if not fault.may_pass or tries >= MOST_TRIES:
        return None
    wait: timedelta = FIRST_WAIT * GROWTH ** (tries - 1)
    # A server that asks for less than that may be asked again and again; one that asks for a day is not waited for.
    if fault.wait is not None:
        wait = max(wait, fault.wait)
    if wait > LONGEST_WAIT:
        return None
    return wait
