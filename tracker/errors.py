"""Refused, the one error of the domain, and Stale, its case of two people saving at once."""


class Refused(Exception):  # noqa: N818 - it reads as what happened: the change was refused
    """A change that the rules do not allow; its message says what to do instead.

    `message` is English with `%(name)s` places for `values`, so that the edge can translate it.
    `field` is the name of the form field at fault, if there is one.
    """

    def __init__(self, message: str, field: str | None = None, **values: object) -> None:
        text = message
        if values:
            text = message % values
        super().__init__(text)
        self.message = message
        self.field = field
        self.values = values


class Stale(Refused):
    """Somebody else has saved the same thing meanwhile: the page shows both versions (409)."""


def refuse_stale(current: int, seen: int | None) -> None:
    """Raise Stale where the row has changed since the form was filled from version `seen`; None skips the check."""
    if seen is not None and current != seen:
        raise Stale("Somebody else has saved this since you opened it. Look at both and save again.")
