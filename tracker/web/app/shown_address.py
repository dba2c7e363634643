"""How pages show a mail address: in full for who serves, masked for everybody else."""

from hashlib import sha256

from flask import Flask

from tracker.people.masked_addresses import addresses_in_office, masked
from tracker.web.app import context


def shown_address(address: str | None) -> str:
    """Return the address as pages show it."""
    if not address:
        return ""
    reader = context.person_or_none()
    is_own = reader is not None and reader.email == address
    in_office = _in_office()
    if is_own or address in in_office:
        return address
    return masked(address)


def address_key(address: str) -> str:
    """Return what stands for an address in a form of a page that masks it."""
    return sha256(address.encode()).hexdigest()[:16]


def _in_office() -> frozenset[str]:
    day = context.today()
    return context.recorded(("addresses in office", day), lambda: addresses_in_office(context.session(), day))


def register(app: Flask) -> None:
    """Give the filters to the templates."""
    app.jinja_env.filters.update(address=shown_address, address_key=address_key)
