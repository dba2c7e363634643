"""Two at the same moment, on either database: one answer for one form, one undoing, and never half of both."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlmodel import Session, select

from tests.answers.stage import REAL, make_answer_stage
from tests.factories import NOW
from tracker.answers.choices import MailAnswer
from tracker.answers.models import AnswerReceipt
from tracker.answers.record_answer import AnswerDetails, record_answer, undo_answer
from tracker.db import Sessions
from tracker.errors import Refused
from tracker.history import Actor, ChangeWay
from tracker.history_queries import of_subject
from tracker.history_verbs import Verb
from tracker.items.models import Item, Progress
from tracker.people.models import Person
from tracker.updates.changes import record
from tracker.updates.progress_rules import ProgressStep

ITEM, ANA, BEN = 1, 1, 2
Change = Callable[[Session], object]


@pytest.fixture
def owned(any_sessions: Sessions) -> Sessions:
    """An item that Ana owns, with nobody at it."""
    with any_sessions.writing() as session:
        stage = make_answer_stage(session)
        stage.let(stage.ana, "owner")
        assert (stage.item.id, stage.ana.id, stage.ben.id) == (ITEM, ANA, BEN)
    return any_sessions


def answer(session: Session) -> AnswerReceipt:
    item, ana = session.get_one(Item, ITEM), session.get_one(Person, ANA)
    details = AnswerDetails("All of it")
    return record_answer(session, item, ana, MailAnswer.DONE, details, form_key="f", now=NOW, real_now=REAL)


def undo(session: Session) -> None:
    later = timedelta(hours=1)
    undo_answer(session, session.exec(select(AnswerReceipt)).one(), now=NOW + later, real_now=REAL + later)


def reopen(session: Session) -> None:
    item, ben = session.get_one(Item, ITEM), session.get_one(Person, BEN)
    step = ProgressStep(Progress.WAITING, reason="a reply")
    record(session, item, ben, "", progress=step, by=Actor(BEN, ChangeWay.BROWSER), now=NOW + timedelta(hours=1))


def together(sessions: Sessions, *changes: Change) -> list[str]:
    """Make the changes at the same moment; return "saved" or why it was refused, in their order."""
    ready = Barrier(len(changes))

    def make(change: Change) -> str:
        ready.wait()
        try:
            with sessions.writing() as session:
                change(session)
        except Refused as refused:
            return str(refused)
        return "saved"

    with ThreadPoolExecutor(len(changes)) as threads:
        return list(threads.map(make, changes))


def verbs(sessions: Sessions) -> list[str]:
    with sessions.reader() as session:
        return [line.verb for line in of_subject(session, f"item:{ITEM}") if line.verb != "made"]


def test_a_form_sent_twice_at_once_is_one_answer(owned: Sessions) -> None:
    assert together(owned, answer, answer, answer) == ["saved"] * 3
    assert verbs(owned) == [Verb.UPDATED]


def test_an_answer_is_undone_once(owned: Sessions) -> None:
    together(owned, answer)
    assert together(owned, undo, undo, undo) == ["saved"] * 3
    assert verbs(owned) == [Verb.UPDATED, Verb.UPDATE_UNDONE]


def test_undoing_never_overrides_who_came_at_the_same_moment(owned: Sessions) -> None:
    together(owned, answer)
    undone, changed = together(owned, undo, reopen)
    assert changed == "saved"
    with owned.reader() as session:
        assert session.get_one(Item, ITEM).progress is Progress.WAITING
    # Whichever came first, history tells one story.
    expected = [Verb.UPDATED, Verb.UPDATED]
    if undone == "saved":
        expected = [Verb.UPDATED, Verb.UPDATE_UNDONE, Verb.UPDATED]
    assert verbs(owned) == expected
