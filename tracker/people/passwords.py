"""Passwords: Argon2id, and as much work for an account that has none, so that time tells nothing."""

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
    """Raise Refused for a password that is easily guessed (NIST SP 800-63B: length, and none of one's own names)."""
    if len(password) < SHORTEST:
        raise Refused(
            "A password needs at least %(count)s characters. Choose a longer one.", field="new", count=SHORTEST
        )
    if len(password) > LONGEST:
        raise Refused(
            "A password may have at most %(count)s characters. Choose a shorter one.", field="new", count=LONGEST
        )
    own_words = {part for part in [*name.lower().split(), *email.lower().split("@")] if len(part) > 2}
    rest = password.lower()
    # What is left without the person's own name and address must still vary.
    for part in own_words:
        rest = rest.replace(part, "")
    if len(set(rest)) < 6:
        raise Refused("This password is too easy to guess. Choose several unrelated words.", "new")


def is_right(password_hash: str | None, password: str, hasher: PasswordHasher = STRONG) -> bool:
    """Tell whether the password fits the hash; without a hash, saying no takes as long."""
    try:
        return hasher.verify(password_hash or _hash_of_nobody(hasher), password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


# Cached: making a hash takes as long as checking one, so the first unknown account would take twice as long.
@cache
def _hash_of_nobody(hasher: PasswordHasher) -> str:
    return hasher.hash("a password that nobody has")
