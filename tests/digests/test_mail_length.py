"""The longest mail there can be still arrives whole: it lists fewer items, and says how many more there are."""

from collections.abc import Iterator
from datetime import date
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from flask import Flask

from tests.digests.stage import MONDAY
from tests.mail.offices import LETTERHEAD
from tracker.digests.body_parts import CreatedItem, MilestoneAhead, MovedMilestone, NewlyPutForward, Register
from tracker.digests.content import MOST_LINES
from tracker.digests.mail_length import compose_short, shortened
from tracker.digests.make_digests import Press
from tracker.digests.parts import (
    DigestChange,
    DigestContent,
    DigestItem,
    DigestSection,
    LastNote,
    Request,
    RequestQuote,
    SectionKind,
    Unanswered,
    What,
)
from tracker.items.models import Progress
from tracker.mail.compose_email import Email
from tracker.mail.message_bytes import build
from tracker.people.models import Frequency, Person

PRESS = Press("a secret", "https://follow.example.org")
ANA = Person(id=7, slug="ana", name="Ana Silva", email="ana@example.org", token_epoch=2)
TODAY = MONDAY.date()
DUE = date(2012, 11, 8)
BODIES = [
    Register(f"Board of the library number {place}", f"board-{place}", f"/b/board-{place}", place) for place in range(4)
]
#: 500 signs of a title in three scripts, with what takes most room in HTML
TITLES = ['Keep <the> & "archive" open. ' * 17, "档案" * 250, "أرشيف الاجتماع " * 34]


@pytest.fixture(autouse=True)
def app_in_use(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def item(number: int, kind: SectionKind, body: Register, title: str) -> DigestItem:
    """An item of which all is said that its section can say."""
    notes = tuple(DigestChange(What.NOTE, who="Ben Ng", note=title[:240]) for _ in range(3))
    details: dict[SectionKind, dict[str, Any]] = {
        SectionKind.OVERDUE: {"changes": notes, "is_owed": True},
        SectionKind.DUE: {"last_note": LastNote(DUE, "Ben Ng", title[:160]), "is_owed": True},
        SectionKind.REQUESTED: {
            "request": Request("Sara Lind", title, RequestQuote(title[:400], "MR NG", "Taking stock", DUE))
        },
        SectionKind.UNANSWERED: {"unanswered": Unanswered("Ben Ng", 2, number, is_request=False), "changes": notes},
        SectionKind.WAITING: {"owner": "The city", "waits_for": title, "changes": notes},
        SectionKind.CHANGED: {"changes": notes, "asks_view": True},
    }
    return DigestItem(
        item_id=number,
        number=number,
        title=title[:500],
        register=body,
        progress=Progress.WAITING,
        put_forward_by="A Person with a Rather Long Name",
        reported_by="Another Person with a Long Name",
        due=DUE,
        days=-4,
        **details[kind],
    )


def largest(title: str, bodies: int = len(BODIES)) -> DigestContent:
    """Twelve lines in every section of several bodies, and their calendars."""
    chosen = BODIES[:bodies]
    sections = tuple(
        DigestSection(kind, tuple(item(n + 1, kind, body, title) for n in range(MOST_LINES)), 40, until=DUE)
        for body in chosen
        for kind in SectionKind
    )
    created = CreatedItem(1, 1, title[:500], "Ana Silva", None, is_reported=False, register=chosen[0])
    return DigestContent(
        "Ana Silva",
        TODAY,
        sections,
        moved=tuple(MovedMilestone("Call", body, DUE, TODAY, reason=title) for body in chosen for _ in range(30)),
        created=tuple(NewlyPutForward(body, 40, (created,) * 5) for body in chosen),
        ahead=tuple(MilestoneAhead("Call", "call", body, DUE, TODAY) for body in chosen for _ in range(30)),
    )


def digest(content: DigestContent) -> Email:
    return PRESS.compose_email(
        ANA, content, Frequency.WEEKLY, kept_at="/digests/1", stop=f"https://x.example/{'t' * 90}"
    )


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("bodies", [1, 4])
def test_the_largest_digest_is_under_40_kb_on_the_wire(title: str, bodies: int) -> None:
    email = digest(largest(title, bodies))
    raw = build(email, LETTERHEAD, message_id="digest", date=MONDAY)
    assert len(raw) < 40_000
    assert message_from_bytes(raw, policy=default).get_body(("html",))
    # What is owed comes first, so it is cut last.
    assert "Answer:" in email.text


def test_a_usual_digest_keeps_its_twelve_lines() -> None:
    lines = tuple(item(n + 1, SectionKind.OVERDUE, BODIES[0], "Keep an archive") for n in range(MOST_LINES))
    email = digest(DigestContent("Ana Silva", TODAY, (DigestSection(SectionKind.OVERDUE, lines, 40),)))
    assert email.text.count("Answer:") == MOST_LINES


def test_a_notice_of_very_much_is_as_short() -> None:
    content = largest(TITLES[0])
    email = compose_short("notice", content, to="ana@example.org", answers=None, is_first=True)
    assert len(build(email, LETTERHEAD, message_id="notice", date=MONDAY)) < 40_000


@pytest.mark.parametrize(
    ("most", "counts"),
    [(200, [12] * 6), (20, [10, 2, 2, 2, 2, 2]), (9, [4, 1, 1, 1, 1, 1]), (3, [3, 0, 0, 0, 0, 0]), (0, [0] * 6)],
)
def test_a_shorter_mail_lists_the_first_of_each_section_and_more_of_what_presses(most: int, counts: list[int]) -> None:
    short = shortened(largest("Keep an archive", 1), most)
    assert [len(section.lines) for section in short.sections] == counts
    assert [section.more for section in short.sections] == [40 - count for count in counts]
    assert short.bodies[0].register == BODIES[0]
