"""Passwords: Argon2id, and the same work for an account that has none."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from tracker.errors import Refused

STRONG = PasswordHasher()
#: for tests, which sign in a thousand times
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
SHORTEST = 12
LONGEST = 200


def check(password: str, *, name: str, email: str) -> None:
    """Raise Refused for a password that is easily guessed (NIST SP 800-63B: length, and not what is known)."""
    if len(password) < SHORTEST:
        raise Refused("A password has at least %(count)s characters. Choose a longer one.", field="new", count=SHORTEST)
    if len(password) > LONGEST:
        raise Refused("A password has at most %(count)s characters. Choose a shorter one.", field="new", count=LONGEST)
    known = {part for part in [*name.lower().split(), *email.lower().split("@")] if len(part) > 2}
    rest = password.lower()
    for part in known:
        rest = rest.replace(part, "")
    if len(set(rest)) < 6:
        raise Refused("That is too easily guessed: take several words that do not belong together.", field="new")


def is_right(kept: str | None, password: str, hasher: PasswordHasher = STRONG) -> bool:
    """Tell whether the password is that of the kept hash; without one it takes as long to say no."""
    try:
        return hasher.verify(kept or _of_nobody(hasher), password) and kept is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


@cache
def _of_nobody(hasher: PasswordHasher) -> str:
    return hasher.hash("a password that nobody has")
