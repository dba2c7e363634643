"""The rules of signing in: tokens, how long a session and a link live, and the network of an address.

Lifetimes are measured by the real clock. Figures: OWASP ASVS 5.0, chapter 7, and docs/security.md.
"""

import hashlib
import ipaddress
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from tracker.people.models import Person, SignInLink

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=14)
#: `seen_at` is written at most this often, so that not every page writes
TOUCH = timedelta(minutes=10)
#: after a sign-in this recent the old password need not be given
RECENT = timedelta(minutes=15)
MAILED_LINK = timedelta(hours=1)
PRINTED_LINK = timedelta(hours=24)
INVITATION_LINK = timedelta(days=7)
#: bits of an address that are one network, by IP version
PREFIXES = {4: 24, 6: 64}


class BrowserSession(NamedTuple):
    """What every page reads of a row of `SignInSession`, in this order."""

    id_hash: str
    token_epoch: int
    created_at: datetime
    seen_at: datetime


def new_token() -> str:
    """Return 256 random bits as text for a path or a cookie."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what is kept of a token: its SHA-256, which needs no salt for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_alive(browser: BrowserSession, person: Person, now: datetime) -> bool:
    """Tell whether a session still signs that person in."""
    return (
        person.is_active
        and browser.token_epoch == person.token_epoch
        and now - browser.seen_at < IDLE
        and now - browser.created_at < ABSOLUTE
    )


def new_link_token(person: Person) -> str:
    """Return the token of a link: random, with the person's epoch at its end, which its hash covers."""
    return f"{new_token()}.{person.token_epoch}"


def is_usable(link: SignInLink, token: str, person: Person, now: datetime) -> bool:
    """Tell whether a link still signs that person in: unused, in time, and of the person's current epoch."""
    is_of_this_epoch = token.rpartition(".")[2] == str(person.token_epoch)
    return person.is_active and is_of_this_epoch and link.used_at is None and now < link.expires_at


def network_of(address: str | None) -> str:
    """Return the network that tries are counted for: /24 of IPv4, /64 of IPv6, "unknown" for no address."""
    try:
        ip = ipaddress.ip_address(_without_port(address or ""))
    except ValueError:
        return "unknown"
    # An IPv4 client looks like ::ffff:192.0.2.1 to a server that listens on IPv6.
    ip = getattr(ip, "ipv4_mapped", None) or ip
    prefix = PREFIXES[ip.version]
    return str(ipaddress.ip_network((ip, prefix), strict=False))


def _without_port(address: str) -> str:
    """Return the address alone: some proxies add the port, as in 192.0.2.1:443 or [2001:db8::1]:443."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    if address.count(":") == 1:
        return address.partition(":")[0]
    return address
