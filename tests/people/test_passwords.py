"""Passwords: how long, and not made of the person's own name and address."""

import pytest

from tracker.errors import Refused
from tracker.people.passwords import CHEAP, LONGEST, check, is_right


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("short", "needs at least 12 characters. Choose a longer one"),
        ("x" * (LONGEST + 1), "may have at most 200 characters. Choose a shorter one"),
        ("anasilvaanasilva", "too easy to guess. Choose several unrelated words"),
        ("ana@example.org1", "too easy to guess"),
        ("aaaaabbbbbccccc", "too easy to guess"),
    ],
)
def test_a_weak_password_is_refused(password: str, message: str) -> None:
    with pytest.raises(Refused, match=message) as refusal:
        check(password, name="Ana Silva", email="ana@example.org")
    assert refusal.value.field == "new"


def test_several_unrelated_words_are_accepted() -> None:
    check("correct horse battery", name="Ana Silva", email="ana@example.org")


def test_a_password_is_checked_against_its_hash() -> None:
    password_hash = CHEAP.hash("correct horse battery")
    assert is_right(password_hash, "correct horse battery", CHEAP)
    assert not is_right(password_hash, "another horse battery", CHEAP)


@pytest.mark.parametrize("password_hash", [None, "not a hash"])
def test_no_password_is_right_for_an_account_without_one(password_hash: str | None) -> None:
    assert not is_right(password_hash, "a password that nobody has", CHEAP)
