"""Numbers are per register and never used again."""

from sqlmodel import Session

from tests.factories import make_register
from tracker.items.create import next_number, reserve_number


def test_numbers_count_from_one_in_each_register(any_session: Session) -> None:
    board, council = make_register(any_session), make_register(any_session, slug="council", name="Council")
    assert [next_number(any_session, board.id) for _ in range(3)] == [1, 2, 3]
    assert next_number(any_session, council.id) == 1


def test_a_number_from_a_file_is_not_given_again(session: Session) -> None:
    board = make_register(session)
    reserve_number(session, board.id, 40)
    reserve_number(session, board.id, 7)
    assert next_number(session, board.id) == 41
