"""The one domain error."""


class Refused(Exception):  # noqa: N818 - it reads as what happened: the change was refused
    """A change that the rules do not allow, said so that the person can put it right.

    `message` is English with `%(name)s` places for `values`, so that the edge can translate it;
    `field` names the form field it belongs to, if there is one.
    """

    def __init__(self, message: str, field: str | None = None, **values: object) -> None:
        super().__init__(message % values if values else message)
        self.message = message
        self.field = field
        self.values = values


class Stale(Refused):
    """Somebody else saved the same thing meanwhile: both texts must be shown (409)."""


def refuse_stale(current: int, seen: int | None) -> None:
    """Raise Stale where the row's version is no longer the one that the form was filled from; None saw none."""
    if seen is not None and current != seen:
        raise Stale("Somebody else has saved this since you opened it. Look at both and save again.")
