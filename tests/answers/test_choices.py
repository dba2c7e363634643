"""Which answers a mail offers whom: an owner, whoever is requested to own, the proposer of what is done."""

import pytest

from tests.answers.stage import ANSWERS_OF, AnswerStage
from tests.factories import make_addressee, make_ownership, party_of
from tracker.answers.choices import MailAnswer, answer_scope
from tracker.items.models import Progress
from tracker.people.models import Person


def offered(stage: AnswerStage, person: Person) -> tuple[MailAnswer, ...]:
    return answer_scope(stage.session, stage.item, person.id).choices


@pytest.mark.parametrize("role", ANSWERS_OF)
def test_each_role_has_its_answers(any_stage: AnswerStage, role: str) -> None:
    any_stage.let(any_stage.ana, role)
    assert offered(any_stage, any_stage.ana) == ANSWERS_OF[role]
    assert offered(any_stage, any_stage.ben) == ()


def test_every_answer_belongs_to_a_role() -> None:
    # Words alone may come from each role, but no link offers them.
    assert {*MailAnswer} - {MailAnswer.NOTE} == {answer for answers in ANSWERS_OF.values() for answer in answers}


def test_who_answers_for_a_body_answers_as_its_owner(stage: AnswerStage) -> None:
    board = party_of(stage.session, stage.board)
    board.steward_id = stage.ana.id
    make_ownership(stage.session, stage.item, board, second_id=stage.ben.id)
    assert offered(stage, stage.ana) == offered(stage, stage.ben) == ANSWERS_OF["owner"]


def test_a_mere_addressee_has_no_answers(stage: AnswerStage) -> None:
    make_addressee(stage.session, stage.item, party_of(stage.session, stage.ana))
    assert offered(stage, stage.ana) == ()


def test_an_owner_answers_what_is_open_only(stage: AnswerStage) -> None:
    stage.let(stage.ana, "owner")
    stage.item.progress = Progress.NO_LONGER_PURSUED
    assert offered(stage, stage.ana) == ()


def test_a_request_comes_before_what_its_reader_proposed(stage: AnswerStage) -> None:
    stage.let(stage.ana, "proposer")
    stage.item.progress = Progress.NOT_STARTED
    stage.let(stage.ana, "requested")
    assert offered(stage, stage.ana) == ANSWERS_OF["requested"]


def test_nobody_is_asked_whether_their_own_work_satisfies_them(stage: AnswerStage) -> None:
    stage.let(stage.ana, "owner")
    stage.let(stage.ana, "proposer")
    assert offered(stage, stage.ana) == ()
