"""What a digest says of a whole register: what was newly put forward, what comes next, and what its secretariat has."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.digests.stage import MONDAY, SINCE, Stage, make_stage
from tests.digests.test_content import heard
from tests.factories import (
    make_meeting,
    make_milestone,
    make_ownership,
    make_person,
    make_proposal,
    make_register,
    make_term,
    party_of,
)
from tracker.digests.body_parts import DeskCount, DeskKind
from tracker.items import create, ownership
from tracker.items.models import Item, ItemKind
from tracker.items.party_models import OwnerState
from tracker.mail.models import Suppression
from tracker.meetings.models import Visibility
from tracker.people.models import Person, Role


@pytest.fixture
def stage(any_session: Session) -> Stage:
    return make_stage(any_session)


def enter(stage: Stage, title: str = "Keep an archive", by: Person | None = None, **values: Any) -> Item:
    at = values.pop("now", MONDAY)
    body_id = values.pop("body_id", stage.board.id)
    new = create.NewItem(title, ItemKind.CALL, **{"put_forward_by": stage.party(stage.ben), **values})
    return create.create(stage.session, body_id, new, by=stage.by(by or stage.sara), now=at)


def new_titles(stage: Stage, person: Person | None = None) -> list[str]:
    return [item.title for created in heard(stage, person).created for item in created.first]


def test_what_was_newly_put_forward_is_counted_and_the_latest_are_named(stage: Stage) -> None:
    for number in range(1, 9):
        enter(stage, f"Item {number}")
    [created] = heard(stage).created
    assert (created.total, created.more, created.more_path) == (8, 3, "/items?sort=-number")
    assert [item.title for item in created.first] == [f"Item {number}" for number in (8, 7, 6, 5, 4)]
    assert (created.first[0].put_forward_by, created.first[0].path) == ("Ben Ng", "/items/8")


@pytest.mark.parametrize("at", [SINCE, MONDAY + timedelta(seconds=1)])
def test_what_was_put_forward_outside_the_window_belongs_to_another_digest(stage: Stage, at: Any) -> None:
    enter(stage, now=at)
    assert heard(stage).is_empty


def test_what_they_entered_themselves_is_no_news_to_them(stage: Stage) -> None:
    enter(stage, "By Ana", by=stage.ana)
    enter(stage, "By Sara")
    assert new_titles(stage) == ["By Sara"]


def test_what_is_new_and_requested_of_them_stands_among_the_requests(stage: Stage) -> None:
    item = enter(stage, "Take this")
    ownership.request_to_own(stage.session, item, stage.party(stage.ana), by=stage.by(stage.sara), now=MONDAY)
    content = heard(stage)
    assert ([section.kind for section in content.sections], content.created) == (["requested"], ())


def test_items_of_a_register_they_do_not_serve_in_are_not_named(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    enter(stage, body_id=park.id, visibility=Visibility.PUBLISHED)
    assert heard(stage).is_empty


def test_a_rapporteur_is_told_only_of_what_is_published(stage: Stage) -> None:
    rita = make_person(stage.session, "Rita Port")
    make_term(stage.session, rita, stage.board, Role.RAPPORTEUR)
    enter(stage, "Internal")
    enter(stage, "Published", visibility=Visibility.PUBLISHED)
    assert new_titles(stage, rita) == ["Published"]


def test_what_is_reported_says_so(stage: Stage) -> None:
    enter(stage, reported_by=stage.sara.id)
    [created] = heard(stage).created
    assert [(item.is_reported, item.reported_by) for item in created.first] == [(True, "Sara Lind")]


def test_milestones_of_the_next_weeks_round_off_what_is_said(stage: Stage) -> None:
    session, board = stage.session, stage.board
    day = MONDAY.date()
    make_milestone(session, board, slug="past", starts_on=day - timedelta(days=9))
    make_milestone(session, board, slug="off", starts_on=day + timedelta(days=5), is_cancelled=True)
    starts = {"starts_on": day - timedelta(days=1), "ends_on": day + timedelta(days=1)}
    make_milestone(session, board, slug="on-now", title="On now", place="Baku", **starts)
    make_milestone(session, board, slug="maybe", title="Maybe", starts_on=day + timedelta(days=20), tentative=True)
    assert heard(stage).is_empty  # dates alone are no news
    stage.overdue()
    ahead = heard(stage).ahead
    assert [(stop.title, stop.is_tentative, stop.place, stop.path) for stop in ahead] == [
        ("On now", False, "Baku", "/milestones/on-now"),
        ("Maybe", True, None, "/milestones/maybe"),
    ]


def figures(stage: Stage, person: Person | None = None) -> dict[DeskKind, DeskCount]:
    return {count.kind: count for desk in heard(stage, person or stage.sara).desks for count in desk.counts}


def triage(stage: Stage) -> None:
    meeting = make_meeting(stage.session, stage.board)
    for score in (0.9, 0.2, 0.3):
        make_proposal(stage.session, meeting, score=score)


def bounced(stage: Stage) -> None:
    for address in ("ana@example.org", "nobody@example.org"):
        stage.session.add(Suppression(to_addr=address, code=550, text="no such user", since=MONDAY))


def terms_end(stage: Stage) -> None:
    for name, day in (("Tom Now", 12), ("Uma Soon", 20), ("Vic Past", 11)):
        make_term(stage.session, make_person(stage.session, name), stage.board, last_day=date(2012, 11, day))
    last = date(2012, 12, 13)
    make_term(stage.session, make_person(stage.session, "Wim Later"), stage.board, last_day=last)


def overdue(stage: Stage) -> None:
    body = make_register(stage.session, slug="mag", name="Advisory Group", is_register=False, parent_id=stage.board.id)
    late = {"own_due_on": date(2012, 11, 8)}
    for title in ("One", "Two"):
        make_ownership(stage.session, stage.item(title, **late), party_of(stage.session, body))
    make_term(stage.session, stage.ben, body)
    stage.item("Three", stage.ben, **late)
    stage.item("Of the board", stage.sara, **late)
    stage.item("Of nobody", **late)


def past(stage: Stage) -> None:
    overdue(stage)
    stage.owned(stage.item("Asked only", own_due_on=date(2012, 11, 8)), stage.ana, OwnerState.REQUESTED)


def declined(stage: Stage) -> None:
    stage.owned(stage.item("Unwanted"), stage.ana, OwnerState.DECLINED)


@pytest.mark.parametrize(
    ("fill", "kind", "expected"),
    [
        (triage, DeskKind.TRIAGE, (3, 2, (), "/triage")),
        (bounced, DeskKind.BOUNCED, (1, 0, ("Ana Silva",), "/mail")),
        (terms_end, DeskKind.TERMS_END, (2, 0, ("Tom Now", "Uma Soon"), "/handovers")),
        (overdue, DeskKind.OVERDUE, (4, 0, ("Advisory Group (3)", "Library Board (1)"), "/items?late=1&sort=due")),
        (past, DeskKind.PAST, (2, 0, ("5 Of nobody", "6 Asked only"), "/items?past=1&sort=due")),
        (declined, DeskKind.DECLINED, (1, 0, ("1 Unwanted",), "/items?progress=open&declined=1")),
        (declined, DeskKind.NOT_OWNED, (1, 0, ("1 Unwanted",), "/items?progress=open&unowned=1")),
        (declined, DeskKind.NOT_ADDRESSED, (1, 0, ("1 Unwanted",), "/items?progress=open&unaddressed=1")),
    ],
)
def test_the_desk_counts_with_examples_and_leads_to_the_page(
    stage: Stage, fill: Any, kind: DeskKind, expected: tuple[Any, ...]
) -> None:
    fill(stage)
    found = figures(stage)[kind]
    assert (found.count, found.doubtful, found.examples, found.path) == expected


def test_the_desk_counts_items_without_news_for_thirty_days(stage: Stage) -> None:
    stage.item("Old", created_at=MONDAY - timedelta(days=30))
    stage.item("New", created_at=MONDAY - timedelta(days=29))
    found = figures(stage)[DeskKind.NO_NEWS]
    assert (found.count, found.examples, found.path) == (1, ("1 Old",), "/items?quiet=1")


def test_only_the_secretariat_of_a_register_has_its_desk(stage: Stage) -> None:
    declined(stage)
    assert figures(stage, stage.ben) == {}
    park = make_register(stage.session, slug="park-board", name="Park Board")
    make_term(stage.session, stage.sara, park, Role.SECRETARIAT)
    assert [desk.register.slug for desk in heard(stage, stage.sara).desks] == ["library-board"]
    paths = {count.path for desk in heard(stage, stage.sara).desks for count in desk.counts}
    assert all(path.startswith("/") and not path.startswith("/b/") for path in paths)


def test_a_desk_without_anything_says_nothing_and_unchanged_figures_are_no_mail(stage: Stage) -> None:
    assert heard(stage, stage.sara).is_empty
    declined(stage)
    weeks = [bool(stage.next_digest(MONDAY + timedelta(weeks=week), stage.sara).desks) for week in range(3)]
    assert weeks == [True, False, False]
