"""Reports in the browser: drafts for the register's own people, what was issued for everybody, frozen."""

import gzip
from datetime import date

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, make_item, make_milestone, party_id_of
from tests.web.browsing import Browser
from tests.web.reports.test_issuing import hidden_on
from tests.web.world import World
from tracker import clock
from tracker.history import change, leave
from tracker.items.models import Item
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Person
from tracker.reports.models import Report

HOSTILE = "<script>alert(1)</script>"
DRAFT = "/reports/feb-2013-consultations"


@pytest.fixture
def register(app: Flask, world: World) -> World:
    """The Library Board on 12 November 2012, with a published item and an internal one, both due in February."""
    with app.extensions["sessions"].writing() as session:
        clock.start_at(session, NOW)
        board = session.get_one(Body, world.register)
        milestone = make_milestone(session, board)
        shown = {"milestone_id": milestone.id, "visibility": Visibility.PUBLISHED, "theme": "archive"}
        make_item(session, board, title="Keep an archive", **shown)
        make_item(session, board, title="Paint it blue", milestone_id=milestone.id)
    return world


def issue(browser: Browser, as_of: str = "2012-11-12", **values: str) -> str:
    choice = {"as_of": as_of, **values}
    preview = browser.post(f"{DRAFT}/issue", {**choice, "preview": "y"}).text
    answer = browser.post(f"{DRAFT}/issue", {**choice, **hidden_on(preview)})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def reports(browser: Browser) -> list[Report]:
    with browser.session() as session:
        return list(session.exec(select(Report)))


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_a_list_without_reports_says_what_one_is(register: World, visitor: Browser) -> None:
    page = visitor.get("/reports").text
    assert "No report has been issued yet" in page
    assert "Drafts" not in page


def test_without_a_milestone_the_page_leads_to_a_new_one(secretariat: Browser) -> None:
    assert '<a href="/milestones/new">New milestone</a>' in main_of(secretariat.get("/reports").text)


def test_members_find_a_draft_for_each_milestone(register: World, member: Browser) -> None:
    assert 'href="/reports/feb-2013-consultations"' in member.get("/reports").text


@pytest.mark.parametrize("view", ["milestone", "theme", "owner"])
def test_a_draft_has_a_bar_and_three_views_with_one_chart_each(register: World, member: Browser, view: str) -> None:
    page = member.get(f"/reports/feb-2013-consultations?view={view}").text
    assert page.count('class="chart"') == 2
    assert f'href="?view={view}&amp;as_of=2012-11-12#by-{view}" aria-current="page"' in page


def test_a_draft_holds_internal_items_and_says_so(register: World, member: Browser) -> None:
    page = member.get("/reports/feb-2013-consultations").text
    assert "2 items, of which 1 internal: not for publication." in page
    assert "Paint it blue" in page


def test_a_draft_can_be_seen_as_it_would_be_issued(register: World, member: Browser) -> None:
    page = member.get("/reports/feb-2013-consultations?items=published").text
    assert "Paint it blue" not in page
    assert "1 internal item is left out" in page


def test_a_draft_of_an_earlier_day_is_of_that_day(register: World, member: Browser) -> None:
    page = member.get("/reports/feb-2013-consultations?as_of=2012-11-01").text
    assert "As of Thursday 1 November 2012" in page
    assert "Keep an archive" not in page


@pytest.mark.parametrize("day", ["2012-11-13", "yesterday", "2012-02-30", HOSTILE])
def test_a_day_that_there_is_not_is_said_beside_the_field(register: World, member: Browser, day: str) -> None:
    answer = member.get("/reports/feb-2013-consultations", query_string={"as_of": day})
    assert answer.status_code == 422
    assert "Give a day up to today" in answer.text


def test_strangers_see_no_draft(register: World, visitor: Browser, stranger_member: Browser) -> None:
    assert visitor.get("/reports/feb-2013-consultations").status_code == 404
    assert stranger_member.get("/reports/feb-2013-consultations").status_code == 404


def test_strangers_are_led_to_what_was_issued(register: World, secretariat: Browser, visitor: Browser) -> None:
    issued = issue(secretariat)
    assert visitor.get("/reports/feb-2013-consultations").location == issued


def test_nothing_is_issued_by_looking(register: World, secretariat: Browser) -> None:
    page = secretariat.get("/reports/feb-2013-consultations/issue").text
    assert "It will hold the 1 item that is published on Monday 12 November 2012." in page
    assert reports(secretariat) == []


def test_an_issued_report_is_public_and_can_be_cited(register: World, secretariat: Browser, visitor: Browser) -> None:
    page = visitor.get(issue(secretariat)).text
    assert "Cite as:" in page
    assert "version 1, as of Monday 12 November 2012. http://localhost:8000/reports/feb-2013-consultations/v1" in page
    assert "Keep an archive" in page


def test_an_issued_report_holds_nothing_internal(register: World, secretariat: Browser) -> None:
    at = issue(secretariat)
    for path in (at, *(f"{at}.{ending}" for ending in ("html", "md", "csv", "json"))):
        assert b"Paint it blue" not in secretariat.get(path).data


def test_an_issued_report_does_not_follow_what_happens(app: Flask, register: World, secretariat: Browser) -> None:
    at = issue(secretariat)
    secretariat.get(at)  # the page that says it was issued
    before = main_of(secretariat.get(at).text)
    with app.extensions["sessions"].writing() as session:
        for item in session.exec(select(Item)).all():
            change(session, item, {"title": "Something else"}, "edited", by=SYSTEM, now=NOW)
    assert main_of(secretariat.get(at).text) == before


def test_a_second_version_says_why_and_the_first_points_to_it(register: World, secretariat: Browser) -> None:
    first = issue(secretariat)
    second = issue(secretariat, reason="A date was wrong.")
    assert second.endswith("/v2")
    assert "Reason for this version: A date was wrong." in secretariat.get(second).text
    assert "There is a newer version:" in secretariat.get(first).text


@pytest.mark.parametrize("day", ["2012-11-13", "", "x"])
def test_a_day_that_cannot_be_issued_is_said_beside_the_field(register: World, secretariat: Browser, day: str) -> None:
    typed = {"as_of": day, "reason": "A date was wrong.", **hidden_on(secretariat.get(f"{DRAFT}/issue").text)}
    answer = secretariat.post("/reports/feb-2013-consultations/issue", typed)
    assert answer.status_code == 422
    assert 'id="as_of-error"' in answer.text
    assert 'value="A date was wrong."' in answer.text
    assert reports(secretariat) == []


@pytest.fixture
def unpublished(app: Flask, register: World) -> World:
    """The same with nothing published."""
    with app.extensions["sessions"].writing() as session:
        for item in session.exec(select(Item)).all():
            change(session, item, {"visibility": Visibility.INTERNAL}, "unpublished", by=SYSTEM, now=NOW)
    return register


def test_where_nothing_is_published_the_report_is_internal(
    unpublished: World, secretariat: Browser, member: Browser
) -> None:
    assert "Nothing is published on that day, so the report will be internal" in secretariat.get(f"{DRAFT}/issue").text
    at = issue(secretariat)
    assert "Version 1 is issued, internal." in secretariat.get(at).text
    page = member.get(at).text
    assert "2 items, all internal: nothing here is published." in page
    assert "version 1 (internal), as of Monday 12 November 2012." in page
    assert "Internal. Put forward by those named" in member.get(f"{at}.md").text


@pytest.mark.parametrize("who", ["visitor", "stranger_member", "operator"])
def test_an_internal_report_is_not_there_for_others(
    unpublished: World, secretariat: Browser, request: pytest.FixtureRequest, who: str
) -> None:
    at, browser = issue(secretariat), request.getfixturevalue(who)
    paths = (at, f"{at}?view=theme", *(f"{at}.{ending}" for ending in FILES), DRAFT)
    assert {browser.get(path).status_code for path in paths} == {404}
    assert at not in browser.get("/reports").text
    assert at not in browser.get("/").text


def test_a_file_that_a_member_had_is_not_kept_for_others(
    unpublished: World, secretariat: Browser, visitor: Browser
) -> None:
    at = issue(secretariat)
    assert secretariat.get(f"{at}.csv").status_code == 200
    assert visitor.get(f"{at}.csv").status_code == 404


def test_members_find_the_internal_report_marked_in_the_list(
    unpublished: World, secretariat: Browser, member: Browser
) -> None:
    at = issue(secretariat)
    row = member.get("/reports").text.partition(f'href="{at}"')[2].partition("</tr>")[0]
    assert "internal" in row


def test_with_something_published_the_internal_one_is_a_choice(
    register: World, secretariat: Browser, visitor: Browser
) -> None:
    assert 'name="internal"' in secretariat.get(f"{DRAFT}/issue").text
    public, internal = issue(secretariat), issue(secretariat, internal="y")
    assert "Paint it blue" in secretariat.get(internal).text
    assert (visitor.get(internal).status_code, visitor.get(DRAFT).location) == (404, public)
    assert "There is a newer version" not in visitor.get(public).text


@pytest.mark.parametrize("who", ["member", "chair", "stranger_member", "visitor"])
def test_only_the_secretariat_issues(register: World, request: pytest.FixtureRequest, who: str) -> None:
    browser: Browser = request.getfixturevalue(who)
    answer = browser.post("/reports/feb-2013-consultations/issue", {"as_of": "2012-11-12"})
    assert answer.status_code == 404
    assert reports(browser) == []


FILES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@pytest.mark.parametrize("ending", FILES)
def test_an_issued_report_can_be_had_as_a_file(
    register: World, secretariat: Browser, visitor: Browser, ending: str
) -> None:
    at = issue(secretariat)
    answer = visitor.client.get(f"{at}.{ending}")
    assert answer.content_type == FILES[ending]
    assert answer.headers["Content-Disposition"] == f"attachment; filename=feb-2013-consultations-v1.{ending}"
    assert answer.data == visitor.client.get(f"{at}.{ending}").data  # made once


def test_links_in_a_file_lead_back_to_the_site(register: World, secretariat: Browser) -> None:
    assert "(http://localhost:8000/items/" in secretariat.get(f"{issue(secretariat)}.md").text


def test_a_draft_is_a_file_for_members_only(register: World, member: Browser, stranger_member: Browser) -> None:
    answer = member.get("/reports/feb-2013-consultations/draft.csv")
    assert "draft-2012-11-12.csv" in answer.headers["Content-Disposition"]
    assert "Paint it blue" in answer.text
    assert stranger_member.get("/reports/feb-2013-consultations/draft.csv").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/reports/nowhere",
        "/reports/feb-2013-consultations/v9",
        "/reports/feb-2013-consultations/v1.exe",
        "/reports/feb-2013-consultations/draft.exe",
        "/reports/feb-2013-consultations/draft.csv?as_of=x",
        "/b/park-board/reports/feb-2013-consultations/v1",
    ],
)
def test_what_is_not_there_is_not_found(register: World, secretariat: Browser, path: str) -> None:
    issue(secretariat)
    assert secretariat.get(path).status_code == 404


def test_what_people_wrote_is_shown_as_text(app: Flask, register: World, secretariat: Browser) -> None:
    with app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, register.register)
        make_item(
            session, board, number=99, title=HOSTILE, text=HOSTILE, theme=HOSTILE, visibility=Visibility.PUBLISHED
        )
    at = issue(secretariat)
    for path in (at, f"{at}?view=theme", f"{at}.html"):
        page = secretariat.get(path).text
        assert HOSTILE not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def erase(session: Session, person: Person) -> None:
    values = {"name": "name erased", "erased_on": NOW.date()}
    change(session, person, values, "erased", by=SYSTEM, now=NOW)


def test_a_report_that_names_somebody_erased_is_withheld(
    app: Flask, register: World, secretariat: Browser, visitor: Browser
) -> None:
    with app.extensions["sessions"].writing() as session:
        mira, item = session.get_one(Person, register.member), session.exec(select(Item)).first()
        assert item is not None
        item.put_forward_by = party_id_of(session, mira)
        leave(session, item, "noted", by=SYSTEM, now=NOW)
    at = issue(secretariat)
    with app.extensions["sessions"].writing() as session:
        erase(session, session.get_one(Person, register.member))
    answer = visitor.get(at)
    assert (answer.status_code, "Mira" in answer.text) == (410, False)
    assert visitor.get(f"{at}.json").status_code == 404


def test_a_long_report_comes_in_pages_that_are_light(app: Flask, register: World, secretariat: Browser) -> None:
    with app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, register.register)
        for number in range(150):
            make_item(
                session,
                board,
                number=100 + number,
                title=f"Item with the number {number}",
                visibility=Visibility.PUBLISHED,
            )
    at = issue(secretariat)
    first, second = secretariat.get(at), secretariat.get(f"{at}?page=2")
    assert "Page 1 of 2" in first.text
    assert "Item with the number 149" in second.text
    assert len(gzip.compress(first.data)) < 15_000


def test_the_page_of_another_register_keeps_its_address(app: Flask, world: World, stranger_member: Browser) -> None:
    with app.extensions["sessions"].writing() as session:
        clock.start_at(session, NOW)
        park = session.get_one(Body, world.other_register)
        milestone = make_milestone(session, park)
        item = make_item(session, park, milestone_id=milestone.id)
        number = item.number
    page = stranger_member.get("/b/park-board/reports/feb-2013-consultations").text
    assert f'href="/b/park-board/items/{number}"' in page


def test_the_next_milestone_has_the_main_action_and_what_is_over_is_folded(
    app: Flask, register: World, member: Browser
) -> None:
    with app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, register.register)
        for slug, day in (("last-spring", date(2012, 4, 2)), ("this-autumn", date(2012, 11, 20))):
            make_milestone(session, board, slug=slug, starts_on=day, ends_on=day)
    page = main_of(member.get("/reports").text)
    assert 'class="button" href="/reports/this-autumn"' in page
    coming, over = page.split('<details class="fold">')
    assert "in 8 days" in coming
    assert ("/reports/last-spring" in coming, "/reports/last-spring" in over) == (False, True)
