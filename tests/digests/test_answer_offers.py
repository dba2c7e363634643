"""Which answers a digest offers of an item, and that their links share one token."""

import pytest

from tests.digests.stage import MONDAY
from tracker.digests.answer_offers import AnswerOffers
from tracker.digests.body_parts import Register
from tracker.digests.parts import DigestItem, DigestSection, SectionKind, Unanswered
from tracker.items.models import Progress
from tracker.people.models import Person

OFFERS = AnswerOffers("https://x.example", "a secret", Person(id=7, slug="ana", name="Ana", token_epoch=2), MONDAY)
BOARD = Register("Library Board", "library-board", "")
OWNER = ["in-progress", "done", "waiting", "more-time", "not-mine"]
REQUESTED = ["take-it", "not-mine", "pass-on"]


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (SectionKind.REQUESTED, {}, REQUESTED),
        (SectionKind.OVERDUE, {"is_owed": True}, OWNER),
        (SectionKind.DUE, {"is_owed": True}, OWNER),
        (SectionKind.CHANGED, {"is_owed": True}, OWNER),
        (SectionKind.CHANGED, {"asks_view": True}, ["satisfied", "partly", "disputes"]),
        (SectionKind.CHANGED, {}, []),
        (SectionKind.WAITING, {}, []),
        (SectionKind.UNANSWERED, {"unanswered": Unanswered("Ben", 2, 1, is_request=True)}, REQUESTED),
        (SectionKind.UNANSWERED, {"unanswered": Unanswered("Ben", 2, 1, is_request=False)}, OWNER),
    ],
)
def test_what_is_asked_of_the_reader_decides_on_the_answers(
    kind: SectionKind, values: dict[str, object], expected: list[str]
) -> None:
    line = DigestItem(3, 3, "Keep an archive", BOARD, Progress.NOT_STARTED, None, **values)  # type: ignore[arg-type]
    offered = OFFERS.of(DigestSection(kind, (line,), 1), line)
    assert [choice.value for choice, _ in offered] == expected
    assert len({address.rpartition("/")[0] for _, address in offered}) <= 1
    assert [address.rpartition("/")[2] for _, address in offered] == expected
