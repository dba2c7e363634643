"""What a digest says, sentence by sentence, of every kind of thing that happens."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from flask import Flask

from tracker.digests.body_parts import (
    DeskCount,
    DeskKind,
    MeetingNews,
    MilestoneAhead,
    MilestoneNews,
    MovedMilestone,
    Register,
    SecretariatDesk,
)
from tracker.digests.parts import (
    DigestChange,
    DigestContent,
    DigestItem,
    DigestSection,
    Request,
    RequestQuote,
    SectionKind,
    Unanswered,
    What,
)
from tracker.items.models import Progress
from tracker.web.mail import body_words, digest_subject, digest_words

BOARD = Register("Library Board", "library-board", "")
MONDAY = date(2012, 11, 12)
FEBRUARY = date(2013, 2, 28)


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def item(**values: Any) -> DigestItem:
    return DigestItem(7, 7, "Keep an archive", BOARD, Progress.NOT_STARTED, "Ana Silva", **values)


def section(kind: SectionKind, total: int = 2, **values: Any) -> DigestSection:
    return DigestSection(kind, (item(),), total, **values)


def content(*sections: DigestSection, **values: Any) -> DigestContent:
    return DigestContent("Ana Silva", MONDAY, sections, **values)


@pytest.mark.parametrize(
    ("happened", "text"),
    [
        (DigestChange(What.NEW), "entered in the register as put forward by you"),
        (
            DigestChange(What.PROGRESS, "Bo", before="not-started", after="waiting", note="money"),
            "Bo: not started → waiting: “money”",
        ),
        (DigestChange(What.NOTE, "Bo", note="We met."), "Bo: “We met.”"),
        (DigestChange(What.RESPONSE, "Archive Office", after="sent"), "sent to Archive Office"),
        (
            DigestChange(What.RESPONSE, "Archive Office", after="overtaken"),
            "response of Archive Office: overtaken by events",
        ),
        (DigestChange(What.PROPOSER, after="partly"), "a proposer or supporter says: partly"),
        (DigestChange(What.DUE, day=FEBRUARY), "The register: due date changed to Thursday 28 February 2013"),
        (DigestChange(What.DUE), "The register: due date removed"),
        (
            DigestChange(What.CONDITION, day=FEBRUARY),
            "The register: its condition was met on Thursday 28 February 2013",
        ),
        (DigestChange(What.WORDS), "The register: wording changed"),
        (DigestChange(What.TAKEN, "Bo"), "Bo takes it"),
        (DigestChange(What.DECLINED, "Bo"), "Bo does not take it"),
        (DigestChange(What.PASSED_ON, "Bo", after="Archive Office"), "Bo passes it to Archive Office"),
        (DigestChange(What.LET_GO, "Bo"), "Bo no longer owns it"),
        (DigestChange(What.NOTE, note="Imported."), "The register: “Imported.”"),
    ],
)
def test_every_kind_of_change_has_its_sentence(happened: DigestChange, text: str) -> None:
    assert digest_words.change(happened) == text


@pytest.mark.parametrize(
    ("day", "days", "text"),
    [
        (date(2012, 11, 11), -1, "due Sunday 11 November 2012, 1 day ago"),
        (MONDAY, 0, "due today, Monday 12 November 2012"),
        (date(2012, 11, 14), 2, "due Wednesday 14 November 2012, in 2 days"),
        (FEBRUARY, 108, "due Thursday 28 February 2013"),
        (date(2010, 1, 4), -1043, "due Monday 4 January 2010"),
    ],
)
def test_a_day_far_away_is_not_counted_in_days(day: date, days: int, text: str) -> None:
    assert digest_words.due(item(due=day, days=days)) == text


def test_what_may_be_doubted_of_a_day_stands_beside_it() -> None:
    line = item(due=MONDAY, days=0, is_tentative=True, promised_on=FEBRUARY, is_promised=False)
    assert digest_words.due(line) == (
        "due today, Monday 12 November 2012 (tentative) (first set for Thursday 28 February 2013)"
    )
    assert digest_words.due(item()) == ""


@pytest.mark.parametrize(
    ("kind", "values", "heading", "count"),
    [
        (SectionKind.REQUESTED, {}, "Requests to own", "2 requests"),
        (SectionKind.OVERDUE, {}, "Overdue", "2 overdue"),
        (SectionKind.WAITING, {}, "Waits for you", "2 wait for you"),
        (SectionKind.DUE, {"until": FEBRUARY}, "Due before Thursday 28 February 2013", "2 due before 28 February"),
        (SectionKind.CHANGED, {}, "Changed", "2 changed"),
    ],
)
def test_every_section_has_a_heading_and_a_count(
    kind: SectionKind, values: dict[str, Any], heading: str, count: str
) -> None:
    assert digest_words.heading(section(kind, **values)) == heading
    assert digest_subject.count([section(kind, **values)]) == count


def test_due_before_a_milestone_names_it() -> None:
    due_next = section(SectionKind.DUE, until=FEBRUARY, milestone="February consultations")
    assert digest_words.heading(due_next) == "Due before February consultations, Thursday 28 February 2013"


def test_a_subject_names_the_three_most_pressing_things() -> None:
    changed = section(SectionKind.CHANGED)
    overdue = section(SectionKind.OVERDUE, 1)
    moved = (MovedMilestone("February consultations", BOARD, MONDAY, FEBRUARY),)
    assert (
        digest_subject.subject(content(changed, overdue, moved=moved))
        == "1 overdue, 2 changed, 1 milestone moved – Library Board"
    )
    requested = section(SectionKind.REQUESTED, 1)
    assert digest_subject.subject(content(changed, overdue, requested, moved=moved)) == (
        "1 overdue, 1 request, 2 changed – Library Board"
    )


def test_a_subject_counts_each_cancelled_meeting() -> None:
    cancelled = MilestoneNews(MeetingNews.CANCELLED, "Call", BOARD, (MONDAY, FEBRUARY))
    renamed = MilestoneNews(MeetingNews.RENAMED, "Talk", BOARD, before="Call")
    assert digest_subject.subject(content(turned=(cancelled, renamed))) == ("2 milestones cancelled – Library Board")


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ((), ""),
        ((7,), " Your item 7 moves with it."),
        ((7, 9), " Your items 7, 9 move with it."),
    ],
)
def test_a_moved_milestone_says_what_moves_with_it(items: tuple[int, ...], text: str) -> None:
    move = MovedMilestone("February consultations", BOARD, MONDAY, FEBRUARY, items=items)
    assert body_words.moved(move) == (
        f"February consultations moved from Monday 12 November 2012 to Thursday 28 February 2013.{text}"
    )


@pytest.mark.parametrize(
    ("who", "text"), [("Bo Berg", "Reason given by Bo Berg: “A strike.”"), (None, "Reason given: “A strike.”")]
)
def test_a_moved_milestone_says_why(who: str | None, text: str) -> None:
    move = MovedMilestone("February consultations", BOARD, MONDAY, FEBRUARY, reason="A strike.", who=who)
    assert body_words.moved(move).endswith(f" 2013. {text}")


def test_a_subject_names_two_bodies_and_counts_more() -> None:
    bodies = [Register(f"Forum {number}", f"forum-{number}", "", place) for place, number in enumerate("ABC")]
    sections = [
        DigestSection(SectionKind.DUE, (replace(item(), register=body),), 1, until=FEBRUARY.replace(day=place + 1))
        for place, body in enumerate(bodies)
    ]
    assert digest_subject.subject(content(*sections[:2])) == "2 due soon – Forum A, Forum B"
    assert digest_subject.subject(content(*sections)) == "3 due soon – Forum A and 2 more"


@pytest.mark.parametrize(
    ("request_to_reader", "text"),
    [
        (None, ""),
        (Request("Bo Berg", None), "Bo Berg asks you to own it."),
        (Request(None, "Please do."), "The secretariat asks you: “Please do.”"),
    ],
)
def test_a_request_says_who_asks_and_why(request_to_reader: Request | None, text: str) -> None:
    assert digest_words.request(item(request=request_to_reader)) == text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"is_sent_to_reader": True}, "Sent to you. Your answer is awaited."),
        ({"owner": "Bo", "waits_for": "the budget"}, "Bo waits for you: “the budget”"),
        ({"owner": "Bo"}, "Bo waits for you."),
        ({"waits_for": "the budget"}, "It waits for you: “the budget”"),
        ({}, "It waits for you."),
    ],
)
def test_what_waits_says_who_waits_and_for_what(values: dict[str, Any], text: str) -> None:
    assert digest_words.waits(item(**values)) == text


@pytest.mark.parametrize(
    ("is_request", "text"),
    [
        (True, "Bo was asked in 2 digests and has not answered. You stand in for them: please answer, or remind them."),
        (False, "Bo was told in 2 digests and has not answered. You stand in for them: please answer, or remind them."),
    ],
)
def test_the_second_person_reads_who_has_not_answered(is_request: bool, text: str) -> None:
    assert digest_words.unanswered(Unanswered("Bo", 2, 1, is_request)) == text


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        (
            RequestQuote("Keep it.", "Bo", "Taking stock", MONDAY),
            "“Keep it.” (Bo, Taking stock, Monday 12 November 2012)",
        ),
        (RequestQuote("Keep.", None, None, None), "“Keep.”"),
    ],
)
def test_a_quote_names_its_speaker_meeting_and_day(passage: RequestQuote, text: str) -> None:
    assert digest_words.quote(passage) == text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, "Monday 12 November 2012"),
        (
            {"last": FEBRUARY, "place": "Paris", "is_tentative": True},
            "Monday 12 November 2012 to Thursday 28 February 2013, Paris (tentative)",
        ),
    ],
)
def test_a_milestone_ahead_says_when_and_where(values: dict[str, Any], text: str) -> None:
    stop = MilestoneAhead("Call", "call", BOARD, **{"first": MONDAY, "last": MONDAY, **values})
    assert body_words.ahead(stop) == text


@pytest.mark.parametrize("kind", DeskKind)
def test_a_figure_of_the_desk_agrees_with_its_number(kind: DeskKind) -> None:
    assert body_words.desk(DeskCount(kind, 1)).startswith("1 ")
    assert body_words.desk(DeskCount(kind, 2)) != body_words.desk(DeskCount(kind, 1)).replace("1", "2")


def test_a_subject_of_the_secretariat_says_what_waits() -> None:
    figures = (DeskCount(DeskKind.BOUNCED, 1), DeskCount(DeskKind.OVERDUE, 2), DeskCount(DeskKind.TRIAGE, 3))
    assert digest_subject.subject(content(desks=(SecretariatDesk(BOARD, figures),))) == (
        "3 passages to triage, 2 items overdue – Library Board"
    )


def test_every_item_says_that_it_is_nobodys_decision() -> None:
    assert digest_words.put_forward(item()) == "Put forward by Ana Silva · not a Library Board outcome"
