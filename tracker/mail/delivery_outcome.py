"""How one try to hand a message over ended, and what a refusal says of the address."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

# RFC 3463: no such mailbox, no such host, a domain that takes no mail.
GONE = re.compile(r"\b5\.1\.(?:1|2|10)\b")
WEEKS_BEFORE_SUPPRESSION = 3
SHARE_OF_REFUSALS_THAT_ALARMS = 0.05

#: asked when the relay waits for the body of a message: may it go out?
MayGo = Callable[[], bool]


class DeliveryFate(StrEnum):
    """Every way in which a try can end; all but SENT and AMBIGUOUS are certain: nothing was delivered."""

    SENT = "sent"
    #: the relay's own fault; says nothing of this message
    RELAY_FAILED = "relay-failed"
    #: refused for now
    POSTPONED = "postponed"
    #: the connection broke before the final dot
    BROKEN_OFF = "broken-off"
    ADDRESS_REFUSED = "address-refused"
    CONTENT_REFUSED = "content-refused"
    #: the connection broke after the final dot: it may have been delivered
    AMBIGUOUS = "ambiguous"
    #: the lease was over, or another process has taken the message over; nothing was sent
    LEASE_LOST = "lease-lost"


@dataclass(frozen=True)
class DeliveryOutcome:
    """How a try ended, with the relay's own words."""

    fate: DeliveryFate
    code: int | None = None
    text: str = ""
    #: waiting does not help: a certificate, a password
    needs_person: bool = False


def of_recipient(code: int, text: str) -> DeliveryOutcome:
    """Read the answer to RCPT TO."""
    if code >= 500:
        return DeliveryOutcome(DeliveryFate.ADDRESS_REFUSED, code, text)
    return DeliveryOutcome(DeliveryFate.POSTPONED, code, text)


def of_data(code: int, text: str) -> DeliveryOutcome:
    """Read the answer to DATA, or to the final dot; anything but a valid answer is ambiguous."""
    if 200 <= code < 300:
        return DeliveryOutcome(DeliveryFate.SENT, code, text)
    if 400 <= code < 500:
        return DeliveryOutcome(DeliveryFate.POSTPONED, code, text)
    if 500 <= code < 600:
        return DeliveryOutcome(DeliveryFate.CONTENT_REFUSED, code, text)
    return DeliveryOutcome(DeliveryFate.AMBIGUOUS, code, text)


def suppresses(text: str, weeks: int) -> bool:
    """Tell whether nothing more may go to an address: it does not exist, or was refused in three different weeks."""
    return bool(GONE.search(text)) or weeks >= WEEKS_BEFORE_SUPPRESSION


def is_too_much_refused(refused: int, tried: int) -> bool:
    """Tell whether so many messages were refused that their content or the sender's reputation is the cause."""
    return tried > 0 and refused / tried > SHARE_OF_REFUSALS_THAT_ALARMS
