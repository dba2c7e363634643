"""The stage on which answers are tested."""

import pytest
from sqlmodel import Session

from tests.answers.stage import AnswerStage, make_answer_stage


@pytest.fixture
def stage(session: Session) -> AnswerStage:
    """The rows on SQLite."""
    return make_answer_stage(session)


@pytest.fixture
def any_stage(any_session: Session) -> AnswerStage:
    """The rows on either kind of database: the test runs twice."""
    return make_answer_stage(any_session)
