"""Of two thousand items the index names those that a passage may repeat, and none that the reader may not see."""

import random
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from tests.factories import NOW, make_meeting, make_proposal, make_register
from tests.triage.test_nearby_items import sight_of
from tracker.items.models import Item, ItemKind
from tracker.meetings.models import Meeting, Visibility
from tracker.people.models import Body
from tracker.people.queries import STRANGER, Sight
from tracker.proposals.queries import entry
from tracker.triage.nearby_items import nearby

MANY, FIRST_PUBLISHED = 2_000, 1_001
SYLLABLES = ("ba", "co", "di", "fu", "ga", "lo", "mi", "nu", "pe", "ra", "so", "ti", "vu", "ze")
DICE = random.Random(2012)
WORDS = ["".join(DICE.choices(SYLLABLES, k=DICE.randint(2, 5))) for _ in range(4_000)]
#: as in what people say: a few words are everywhere, most are seldom
OFTEN = list(accumulate(1 / (place + 3) for place in range(len(WORDS))))
SAID = [DICE.choices(WORDS, cum_weights=OFTEN, k=DICE.randint(12, 40)) for _ in range(MANY)]


@pytest.fixture
def forum(any_session: Session) -> Body:
    """A register of so many items, of which the second half is published."""
    board = make_register(any_session)
    make_meeting(any_session, board)
    fill(any_session, board, enumerate(SAID, 1))
    return board


def fill(session: Session, board: Body, items: Iterable[tuple[int, list[str]]]) -> None:
    told = Item(body_id=board.id, number=0, title="", kind=ItemKind.CALL, created_at=NOW, changed_at=NOW)
    shared = told.model_dump(exclude={"id"})
    rows = [{**shared, **_said(number, words)} for number, words in items]
    session.connection().execute(sa.insert(sa.inspect(Item).local_table), rows)


def _said(number: int, words: list[str]) -> dict[str, Any]:
    visibility = Visibility.PUBLISHED if number >= FIRST_PUBLISHED else Visibility.INTERNAL
    return {"number": number, "title": " ".join(words[:8]), "text": " ".join(words[8:]), "visibility": visibility}


def reworded(number: int) -> str:
    """What the item says, with every second word another, in another order."""
    words = [
        word if place % 2 else DICE.choices(WORDS, cum_weights=OFTEN)[0] for place, word in enumerate(SAID[number - 1])
    ]
    return " ".join(reversed(words))


def near(session: Session, forum: Body, words: str, sight: Sight | None = None) -> list[int]:
    """The items named for a passage of these words."""
    proposal = make_proposal(session, session.exec(select(Meeting)).one(), title=words)
    return [one.number for one in nearby(session, forum.id, entry(session, proposal), sight or sight_of(forum))]


def test_no_true_repeat_is_lost_among_many(any_session: Session, forum: Body) -> None:
    meant = range(7, MANY, 197)
    assert [near(any_session, forum, reworded(number))[0] for number in meant] == list(meant)


def test_an_item_that_the_reader_may_not_see_is_never_named(any_session: Session, forum: Body) -> None:
    hidden, shown = reworded(FIRST_PUBLISHED - 1), reworded(FIRST_PUBLISHED)
    assert near(any_session, forum, hidden)[0] == FIRST_PUBLISHED - 1
    assert all(number >= FIRST_PUBLISHED for number in near(any_session, forum, hidden, STRANGER))
    assert near(any_session, forum, shown, STRANGER)[0] == FIRST_PUBLISHED


def test_items_of_another_register_take_no_place(any_session: Session, forum: Body) -> None:
    fill(any_session, make_register(any_session, slug="park-board"), [(number, SAID[6]) for number in range(1, 99)])
    assert near(any_session, forum, " ".join(SAID[6]))[0] == 7
