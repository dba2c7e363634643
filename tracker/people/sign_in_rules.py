"""The rules of signing in: what a token is, how long a session and a link live, which network an address is of.

Lifetimes are measured by the real clock. Figures: OWASP ASVS 5.0, chapter 7, and docs/security.md.
"""

import hashlib
import ipaddress
import secrets
from datetime import datetime, timedelta

from tracker.people.models import Person, SignInLink, SignInSession

IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=14)
#: `seen_at` is written no oftener than this
TOUCH = timedelta(minutes=10)
#: a sign-in so recent needs no proof of the old password
RECENT = timedelta(minutes=15)
MAILED_LINK = timedelta(hours=1)
PRINTED_LINK = timedelta(hours=24)
INVITATION_LINK = timedelta(days=7)


def new_token() -> str:
    """Return 256 random bits that may stand in a path or a cookie."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what is kept of a token: its SHA-256, which needs no salt for 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_alive(kept: SignInSession, person: Person, now: datetime) -> bool:
    """Tell whether a session still signs that person in."""
    return (
        person.is_active
        and kept.token_epoch == person.token_epoch
        and now - kept.seen_at < IDLE
        and now - kept.created_at < ABSOLUTE
    )


def new_link_token(person: Person) -> str:
    """Return the token of a link: random, and bound to the person's epoch, which its hash covers."""
    return f"{new_token()}.{person.token_epoch}"


def is_usable(link: SignInLink, token: str, person: Person, now: datetime) -> bool:
    """Tell whether a link still signs that person in: once, in time, and not after a change that ends everything."""
    is_of_this_epoch = token.rpartition(".")[2] == str(person.token_epoch)
    return person.is_active and is_of_this_epoch and link.used_at is None and now < link.expires_at


def network_of(address: str | None) -> str:
    """Return the network that tries are counted for: /24 of IPv4, /64 of IPv6."""
    try:
        ip = ipaddress.ip_address(_without_port(address or ""))
    except ValueError:
        return "unknown"
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return str(ipaddress.ip_network((ip, 24 if ip.version == 4 else 64), strict=False))


def _without_port(address: str) -> str:
    """Return the address alone: some proxies add the port, as in 192.0.2.1:443 or [2001:db8::1]:443."""
    if address.startswith("["):
        return address[1:].partition("]")[0]
    if address.count(":") == 1:
        return address.partition(":")[0]
    return address
