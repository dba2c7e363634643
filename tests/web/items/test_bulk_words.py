"""A bulk edit in words: what is wished, what each part was and becomes, and why an item is left as it is."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tracker.bulk.rules import BulkPart, LeftBecause
from tracker.meetings.models import Milestone
from tracker.web.items.bulk.words import LABELS, WHY, BulkNames, part_in_words, summary

FEBRUARY = Milestone(
    id=4, body_id=1, slug="feb", title="February", starts_on=date(2013, 2, 28), ends_on=date(2013, 2, 28)
)
NAMES = BulkNames({3: "Archive Office"}, {7: "Bo Berg"}, {4: FEBRUARY})
NO_RULE = {"own_due_on": None, "milestone_id": None, "offset_days": 0, "due_from": "first-day"}
WISH = {
    "owner": 3,
    "helper": 7,
    "theme": "",
    "kind": "call",
    "due": {**NO_RULE, "milestone_id": 4, "offset_days": -14},
    "visibility": "published",
    "addressee": 3,
    "sent_on": "2012-11-12",
    "progress": "waiting",
    "has_note": True,
}


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def test_every_part_has_a_label_and_every_exception_a_reason() -> None:
    assert set(LABELS) == set(BulkPart)
    assert set(WHY) == set(LeftBecause)


def test_the_summary_says_all_that_is_wished() -> None:
    assert summary(WISH, NAMES) == [
        ("Request to own", "Archive Office"),
        ("Helper", "Bo Berg"),
        ("Theme", "no theme"),
        ("Kind", "call"),
        ("Due", "2 weeks before February: Thursday 14 February 2013"),
        ("Who may read it", "published"),
        ("Addressee", "Archive Office"),
        ("Response", "sent to every addressee on Mon 12 Nov 2012"),
        ("Progress", "waiting, with a note"),
    ]


@pytest.mark.parametrize(
    ("wish", "text"),
    [
        ({"has_note": True}, ("Progress", "a note")),
        ({"sent_on": "2012-11-12", "sent_to": 3}, ("Response", "sent to Archive Office on Mon 12 Nov 2012")),
        ({"due": NO_RULE}, ("Due", "no date")),
        ({"due": {**NO_RULE, "own_due_on": "2013-02-01"}}, ("Due", "Friday 1 February 2013")),
    ],
)
def test_a_part_alone_says_only_itself(wish: dict[str, Any], text: tuple[str, str]) -> None:
    assert summary(wish, NAMES) == [text]


@pytest.mark.parametrize(
    ("part", "was", "words"),
    [
        (BulkPart.THEME, "archive", ("Theme", "archive", "no theme")),
        (BulkPart.KIND, "offer", ("Kind", "offer", "call")),
        (BulkPart.VISIBILITY, "internal", ("Who may read it", "internal", "published")),
        (BulkPart.DUE, NO_RULE, ("Due", "no date", "2 weeks before February: Thursday 14 February 2013")),
        (BulkPart.PROGRESS, {"progress": "not-started"}, ("Progress", "not started", "waiting, with a note")),
        (BulkPart.PUT, [3], ("Response", "not yet sent", "sent to Archive Office on Mon 12 Nov 2012")),
        (BulkPart.HELPER, None, ("Helper", "", "Bo Berg")),
        (BulkPart.OWNER, None, ("Request to own", "", "Archive Office")),
    ],
)
def test_each_part_says_what_it_was_and_what_it_becomes(part: BulkPart, was: Any, words: tuple[str, str, str]) -> None:
    assert part_in_words(part, was, WISH, NAMES) == words
