"""Before a report is issued, the page shows what will be issued, and every sentence on it is true."""

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlmodel import col, select
from werkzeug.test import TestResponse

from tests.factories import NOW, SYSTEM, make_item, make_meeting, make_milestone, make_passage, make_transcript
from tests.web.browsing import Browser
from tests.web.world import World
from tracker import clock
from tracker.items.changes import publish
from tracker.items.models import Item, ItemPassage
from tracker.meetings.models import Milestone, Visibility
from tracker.people.models import Body
from tracker.reports.changes import issue
from tracker.reports.snapshot import Scope

DRAFT = "/reports/feb-2013-consultations"
ISSUE = f"{DRAFT}/issue"
TITLES = ("Keep an archive", "Paint it blue", "Open on Sundays")
TODAY = {"as_of": "2012-11-13"}


@pytest.fixture
def register(app: Flask, world: World) -> World:
    """The Library Board on 13 November 2012 with three items, none of them published."""
    with app.extensions["sessions"].writing() as session:
        clock.start_at(session, NOW + timedelta(days=1))
        board = session.get_one(Body, world.register)
        milestone = make_milestone(session, board)
        for title in TITLES:
            make_item(session, board, title=title, milestone_id=milestone.id)
    return world


def published(browser: Browser, number: int) -> None:
    """Publish the first `number` of the items."""
    with browser.app.extensions["sessions"].writing() as session:
        for item in session.exec(select(Item).where(col(Item.visibility) == Visibility.INTERNAL)).all()[:number]:
            publish(session, item, by=SYSTEM, now=NOW)


def hidden_on(page: str) -> dict[str, str]:
    """Return what the form on this page says that it shows: the state of history, the day and the readers."""
    return {
        name: page.partition(f'name="{name}"')[2].partition('value="')[2].partition('"')[0]
        for name in ("seen", "previewed")
    }


def issued_now(browser: Browser, values: dict[str, str]) -> TestResponse:
    """Issue what a preview shows at this moment."""
    return browser.post(ISSUE, {**values, **hidden_on(browser.post(ISSUE, {**values, "preview": "y"}).text)})


def figures(page: str) -> list[str]:
    """Return the rows of the figures "in short", without what they were before."""
    table = page.partition('id="short"')[2].partition("</table>")[0].partition("<tbody>")[2]
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)[:2] for row in table.split("</tr>")]
    return [" ".join(re.sub(r"<[^>]+>", " ", " ".join(row)).split()) for row in rows if row]


@pytest.mark.parametrize(("number", "choice"), [(0, {}), (1, {}), (3, {}), (1, {"internal": "y"})])
def test_the_preview_shows_the_figures_that_are_issued(
    register: World, secretariat: Browser, number: int, choice: dict[str, str]
) -> None:
    published(secretariat, number)
    page = secretariat.post(ISSUE, {**TODAY, **choice, "preview": "y"}).text
    before = figures(page)
    issued = secretariat.post(ISSUE, {**TODAY, **choice, **hidden_on(page)})
    assert figures(secretariat.get(issued.location).text) == before
    assert "all items 0" not in before


def test_looking_again_issues_nothing(register: World, secretariat: Browser) -> None:
    answer = secretariat.post(ISSUE, {**TODAY, "preview": "y"})
    assert answer.status_code == 200
    assert "No report has been issued yet" in secretariat.get("/reports").text


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (0, "Nothing is published on that day, so the report will be internal"),
        (0, "It will hold all 3 items"),
        (1, "It will hold the 1 item that is published on Tuesday 13 November 2012. 2 internal items are left out."),
        (3, "It will hold the 3 items that are published on Tuesday 13 November 2012."),
    ],
)
def test_the_preview_says_what_the_report_will_hold(
    register: World, secretariat: Browser, number: int, sentence: str
) -> None:
    published(secretariat, number)
    assert sentence in " ".join(secretariat.get(ISSUE).text.split())


@pytest.mark.parametrize(
    ("visibility", "sentence", "leads_to_meeting"),
    [
        (Visibility.INTERNAL, "0 of 1 passage will be quoted. Publish the meeting first", True),
        (Visibility.PUBLISHED, "The only passage will be quoted.", False),
    ],
)
def test_the_preview_warns_of_words_that_will_not_be_quoted(
    register: World, secretariat: Browser, visibility: Visibility, sentence: str, leads_to_meeting: bool
) -> None:
    with secretariat.app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, register.register)
        meeting = make_meeting(session, board, slug="talk", visibility=visibility)
        passage = make_passage(session, make_transcript(session, meeting, "MS ONE: Buy lamps."), "Buy lamps.")
        item = make_item(session, board, title="Buy lamps", visibility=Visibility.PUBLISHED)
        session.add(ItemPassage(item_id=item.id, passage_id=passage.id))
    page = " ".join(secretariat.get(ISSUE).text.split())
    assert sentence in page
    assert "will be quoted" not in secretariat.post(ISSUE, {**TODAY, "internal": "y", "preview": "y"}).text
    assert ('<a href="/meetings/talk">' in page) is leads_to_meeting


def test_the_preview_of_a_day_without_items_offers_nothing_to_issue(register: World, secretariat: Browser) -> None:
    page = secretariat.post(ISSUE, {"as_of": "2012-11-01", "preview": "y"}).text
    assert "There was no item on that day" in page
    assert "Issue version 1</button>" not in page


@pytest.mark.parametrize(
    ("number", "true", "untrue"),
    [
        (0, "3 items, all internal: nothing here is published.", "holds internal items too"),
        (1, "3 items, of which 2 internal: not for publication.", "nothing of this is published"),
        (3, "3 items, all published.", "internal items too"),
    ],
)
def test_a_draft_of_all_items_says_what_it_holds(
    register: World, member: Browser, number: int, true: str, untrue: str
) -> None:
    published(member, number)
    page = member.get(DRAFT).text
    assert true in page
    assert untrue not in page
    assert "0 internal" not in page


def test_what_would_be_issued_is_internal_where_nothing_is_published(register: World, member: Browser) -> None:
    page = member.get(f"{DRAFT}?items=published").text
    assert "This is what would be issued." in page
    assert "3 items, all internal" in page
    assert "Keep an archive" in member.get(f"{DRAFT}/draft.csv?items=published").text


@pytest.mark.parametrize("scope", list(Scope))
def test_a_draft_is_compared_with_the_report_it_says(register: World, member: Browser, scope: Scope) -> None:
    published(member, 1)
    issued_before(member, scope)
    page = member.get(f"{DRAFT}?items={scope.value}").text
    assert "Since Mon 12 Nov 2012" in page
    assert "version 1, as of Monday 12 November 2012." in page
    assert "compared with none" not in page


def test_without_an_earlier_report_of_its_kind_a_draft_says_so(register: World, member: Browser) -> None:
    published(member, 1)
    issued_before(member, Scope.PUBLISHED)
    page = member.get(DRAFT).text
    assert "Since Mon 12 Nov" not in page
    assert "There is no internal report of an earlier day to compare with." in page


def issued_before(browser: Browser, scope: Scope) -> None:
    """Issue a report of the day before."""
    with browser.app.extensions["sessions"].writing() as session:
        milestone = session.exec(select(Milestone)).one()
        issue(session, milestone, as_of=NOW.date(), by=SYSTEM, now=NOW, scope=scope)


def test_only_a_further_version_asks_why_there_is_one(register: World, secretariat: Browser) -> None:
    assert "Why there is a new version" not in secretariat.get(ISSUE).text
    issued_now(secretariat, TODAY)
    assert "Why there is a new version" in secretariat.get(ISSUE).text


def test_what_was_not_shown_is_not_issued(register: World, secretariat: Browser) -> None:
    published(secretariat, 1)
    values = {**TODAY, "internal": "y", "reason": "A date was wrong."}
    shown = hidden_on(secretariat.post(ISSUE, {**values, "preview": "y"}).text)
    published(secretariat, 1)
    answer = secretariat.post(ISSUE, {**values, **shown})
    assert answer.status_code == 409
    assert "Something changed since you opened this page. Look at the figures now, then issue it." in answer.text
    assert "all items 3" in figures(answer.text)
    assert 'value="A date was wrong."' in answer.text
    assert "No report has been issued yet" in secretariat.get("/reports").text
    again = secretariat.post(ISSUE, {**values, **hidden_on(answer.text)})
    assert again.status_code == 302


def test_a_form_that_does_not_say_what_it_showed_issues_nothing(register: World, secretariat: Browser) -> None:
    answer = secretariat.post(ISSUE, TODAY)
    assert answer.status_code == 422
    assert all(hidden_on(answer.text).values())


@pytest.mark.parametrize("changed", [{"as_of": "2012-11-12"}, {"internal": "y"}])
def test_another_day_or_other_readers_are_previewed_before_they_are_issued(
    register: World, secretariat: Browser, changed: dict[str, str]
) -> None:
    published(secretariat, 1)
    shown = hidden_on(secretariat.get(ISSUE).text)
    answer = secretariat.post(ISSUE, {**TODAY, **changed, **shown})
    assert answer.status_code == 422
    assert "These are the figures for your new choice. Check them, then issue the report." in answer.text
    assert "No report has been issued yet" in secretariat.get("/reports").text
    assert secretariat.post(ISSUE, {**TODAY, **changed, **hidden_on(answer.text)}).status_code == 302


def test_what_changes_in_another_register_holds_nothing_up(register: World, secretariat: Browser) -> None:
    sessions = secretariat.app.extensions["sessions"]
    with sessions.writing() as session:
        item_id = make_item(session, session.get_one(Body, register.other_register), title="Mend it").id
    shown = hidden_on(secretariat.get(ISSUE).text)
    with sessions.writing() as session:
        publish(session, session.get_one(Item, item_id), by=SYSTEM, now=NOW)
    assert secretariat.post(ISSUE, {**TODAY, **shown}).status_code == 302


def test_another_preview_shows_the_state_of_its_own_moment(register: World, secretariat: Browser) -> None:
    shown = hidden_on(secretariat.get(ISSUE).text)
    published(secretariat, 1)
    preview = secretariat.post(ISSUE, {**TODAY, "preview": "y", **shown}).text
    assert secretariat.post(ISSUE, {**TODAY, **hidden_on(preview)}).status_code == 302
