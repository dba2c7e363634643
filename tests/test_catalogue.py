"""The catalogue holds every message that the program says, each once."""

import re
from collections import defaultdict

import pytest
from babel.messages.catalog import Catalog

from tests.catalogue import extracted, shipped

LETTERS = re.compile(r"[^\w%]+")


def keys(catalog: Catalog) -> set[tuple[object, str | None]]:
    return {(message.id, message.context) for message in catalog if message.id}


def test_the_catalogue_is_what_make_messages_writes() -> None:
    now, kept = keys(extracted()), keys(shipped())
    assert (sorted(map(str, now - kept)), sorted(map(str, kept - now))) == ([], [])


SERVE_TWO_THINGS = (
    "Answer", "At", "Date", "Done", "From", "On", "Search", "To", "Update", "Waiting", "done", "new", "open",
)  # fmt: skip


@pytest.mark.parametrize("word", SERVE_TWO_THINGS)
def test_a_word_that_serves_two_things_is_told_apart(word: str) -> None:
    assert len({message.context for message in shipped() if message.id == word}) > 1


def test_no_two_messages_differ_only_by_a_sign() -> None:
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for text in (message.id for message in shipped() if isinstance(message.id, str) and message.id):
        alike[LETTERS.sub(" ", text).strip()].add(text)
    assert [sorted(texts) for texts in alike.values() if len(texts) > 1] == []
