"""A link answers for one person and one item, for thirty days, and ends with the role, the address and the sessions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from tests.answers.stage import REAL, SECRET, AnswerStage
from tests.factories import NOW, make_person
from tracker.answers.answer_links import (
    LIFE,
    LinkPurpose,
    LinkState,
    answer_address,
    check_link,
    read_token,
    undo_address,
    write_token,
)
from tracker.answers.choices import MailAnswer
from tracker.people.models import Person, Role, Term

MINUTE = timedelta(minutes=1)


def state(stage: AnswerStage, token: str, after: timedelta = MINUTE) -> LinkState:
    link = read_token(SECRET, LinkPurpose.ANSWER, token)
    assert link
    return check_link(stage.session, link, stage.item.id, now=NOW, real_now=REAL + after).state


@pytest.fixture
def token(stage: AnswerStage) -> str:
    return write_token(SECRET, LinkPurpose.ANSWER, stage.ana, stage.item.id, now=REAL)


def test_a_token_says_whose_and_of_what(stage: AnswerStage, token: str) -> None:
    link = read_token(SECRET, LinkPurpose.ANSWER, token)
    assert link
    assert (link.person_id, link.row_id, link.token_epoch) == (stage.ana.id, stage.item.id, 0)
    assert link.written_at == REAL
    assert state(stage, token) is LinkState.GOOD


def test_an_address_is_short_and_says_the_answer(stage: AnswerStage, token: str) -> None:
    address = answer_address("https://x.example", SECRET, stage.ana, stage.item.id, MailAnswer.DONE, now=REAL)
    assert address == f"https://x.example/a/{token}/done"
    assert len(address) < 60
    assert undo_address("https://x.example", SECRET, stage.ana, 7, now=REAL).startswith("https://x.example/a/undo/")


def test_large_numbers_come_back(stage: AnswerStage) -> None:
    person = Person(id=2**31 - 1, slug="x", name="X", email="x@example.org", token_epoch=300)
    for purpose, number in ((LinkPurpose.ANSWER, 0), (LinkPurpose.UNDO, 2**31 - 1)):
        link = read_token(SECRET, purpose, write_token(SECRET, purpose, person, number, now=REAL))
        assert link
        assert (link.person_id, link.row_id, link.token_epoch) == (person.id, number, 300)
        assert link.ends_at == REAL + LIFE[purpose]


TAMPERED: dict[str, Callable[[str], str]] = {
    "nothing": lambda token: "",
    "one sign": lambda token: "A",
    "cut": lambda token: token[:-1],
    "longer": lambda token: token + "A",
    "padded": lambda token: token + "=",
    "first changed": lambda token: ("B" if token[0] != "B" else "C") + token[1:],
    "last changed": lambda token: token[:-1] + ("B" if token[-1] != "B" else "C"),
    "case changed": lambda token: token.swapcase(),
    "turned round": lambda token: token[::-1],
    "twice": lambda token: token * 2,
    "foreign sign": lambda token: token[:5] + "!" + token[5:],
    "not ASCII": lambda token: token + "ü",
    "signature alone": lambda token: token[-16:],
    "zeros": lambda token: "A" * len(token),
}


@pytest.mark.parametrize("change", TAMPERED)
def test_a_changed_token_is_not_ours(token: str, change: str) -> None:
    assert read_token(SECRET, LinkPurpose.ANSWER, TAMPERED[change](token)) is None


def test_a_token_is_good_for_one_purpose_and_one_secret(token: str) -> None:
    assert read_token(SECRET, LinkPurpose.UNDO, token) is None
    assert read_token("another secret", LinkPurpose.ANSWER, token) is None


@pytest.mark.parametrize(
    ("after", "expected"),
    [(LIFE[LinkPurpose.ANSWER] - MINUTE, LinkState.GOOD), (LIFE[LinkPurpose.ANSWER], LinkState.EXPIRED)],
)
def test_a_link_lives_thirty_days_of_the_real_clock(
    stage: AnswerStage, token: str, after: timedelta, expected: LinkState
) -> None:
    assert state(stage, token, after) is expected


def sign_out_everywhere(stage: AnswerStage) -> None:
    stage.ana.token_epoch += 1


def move_address(stage: AnswerStage) -> None:
    stage.ana.email = "ana@elsewhere.example"
    stage.ana.token_epoch += 1


def lose_address(stage: AnswerStage) -> None:
    stage.ana.email = None


def term(stage: AnswerStage) -> Term:
    return stage.session.exec(select(Term).where(col(Term.person_id) == stage.ana.id)).one()


def end_term(stage: AnswerStage) -> None:
    term(stage).last_day = NOW.date() - timedelta(days=1)


def become_rapporteur(stage: AnswerStage) -> None:
    term(stage).role = Role.RAPPORTEUR


def be_erased(stage: AnswerStage) -> None:
    stage.ana.erased_on = NOW.date()


def be_merged(stage: AnswerStage) -> None:
    keeper = make_person(stage.session, "Ana Maria Silva", email="am@example.org")
    stage.ana.merged_into_id = keeper.id


@pytest.mark.parametrize(
    ("happens", "expected"),
    [
        (sign_out_everywhere, LinkState.ENDED),
        (move_address, LinkState.ADDRESS_CHANGED),
        (lose_address, LinkState.ADDRESS_CHANGED),
        (end_term, LinkState.TERM_ENDED),
        (become_rapporteur, LinkState.TERM_ENDED),
        (be_erased, LinkState.GONE),
        (be_merged, LinkState.ADDRESS_CHANGED),
    ],
)
def test_a_link_ends_and_says_why(
    stage: AnswerStage, token: str, happens: Callable[[AnswerStage], None], expected: LinkState
) -> None:
    happens(stage)
    stage.session.flush()
    assert state(stage, token) is expected
    # What lasts is told also where the thirty days are over.
    if expected is not LinkState.ENDED:
        assert state(stage, token, LIFE[LinkPurpose.ANSWER]) is expected


def test_a_link_to_what_is_no_longer_there_is_gone(stage: AnswerStage, token: str) -> None:
    link = read_token(SECRET, LinkPurpose.ANSWER, token)
    assert link
    assert check_link(stage.session, link, 999, now=NOW, real_now=REAL).state is LinkState.GONE
