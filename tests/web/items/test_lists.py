"""How lists are narrowed, laid out and kept in their address."""

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.factories import (
    NOW,
    SYSTEM,
    TODAY,
    made,
    make_addressee,
    make_item,
    make_milestone,
    make_person,
    make_term,
    party_of,
)
from tests.statements import statements
from tests.web.browsing import Browser
from tests.web.items.test_pages import plain
from tests.web.shelf import Shelf
from tracker.items.models import Progress, ProposerView
from tracker.items.party_models import ResponseState, Stance
from tracker.items.positions import NewPosition, add_position
from tracker.meetings.models import Visibility
from tracker.updates.models import Update
from tracker.web.items.pages import MOST_CARDS

CHIP = re.compile(r'<a class="chip" href="([^"]+)" aria-label="([^"]+)">')


def chips(html: str) -> dict[str, str]:
    """Filters in use, by its accessible name, each with where the list without it stands."""
    return {unescape(name): unescape(href) for href, name in CHIP.findall(html)}


def titles(html: str) -> list[str]:
    """The items that a list shows, in its order."""
    return re.findall(r'<a href="/items/\d+">([^<]+)</a>', html)


def test_what_narrows_the_list_is_said_and_taken_away_by_a_link(shelf: Shelf, member: Browser) -> None:
    shelf.put(progress=Progress.WAITING, theme="access")
    page = member.get("/items?view=board&progress=waiting&theme=access&before=2013-01-01&sort=-due").text
    assert chips(page) == {
        "Remove the filter Progress: waiting": "/items?theme=access&before=2013-01-01&view=board&sort=-due",
        "Remove the filter Theme: access": "/items?progress=waiting&before=2013-01-01&view=board&sort=-due",
        "Remove the filter Due before: Tue 1 Jan 2013": "/items?progress=waiting&theme=access&view=board&sort=-due",
    }


def test_the_views_keep_the_conditions(shelf: Shelf, member: Browser) -> None:
    shelf.put()
    page = unescape(member.get("/items?late=1&view=timeline").text)
    for href in ("/items?late=1", "/items?late=1&view=board", "/items?late=1&view=timeline"):
        assert f'<a href="{href}"' in page


def test_what_an_address_cannot_say_is_not_asked(shelf: Shelf, member: Browser) -> None:
    shelf.put(title="Still here")
    strange = "view=cube&before=31.12.2012&group=x&party='--&dated=&visibility=all&sort=id;drop&progress=agreed"
    page = member.get(f"/items?{strange}").text
    assert titles(page) == ["Still here"]
    assert chips(page) == {}


def test_a_stranger_is_not_asked_what_is_theirs(shelf: Shelf, visitor: Browser) -> None:
    shelf.put(title="Open to all", visibility=Visibility.PUBLISHED)
    page = visitor.get("/items?mine=1&free=1&followed=1&visibility=internal").text
    assert "Open to all" in page
    assert chips(page) == {}
    assert "Who may read" not in page


def test_each_condition_reaches_the_list(shelf: Shelf, member: Browser) -> None:
    shelf.put(title="Silent", created_at=NOW - timedelta(days=40))
    values = {"proposer_view": ProposerView.DISPUTES, "visibility": Visibility.PUBLISHED, "own_due_on": TODAY}
    shelf.put(title="Disputed", progress=Progress.DONE, **values)
    shelf.owned("register", title="Owned")
    yesterday = {"own_due_on": TODAY - timedelta(days=1), "created_at": NOW}
    shelf.put(title="Left", **yesterday)
    shelf.owned("register", title="Late", **yesterday)
    expected = {
        "quiet=1": ["Silent"],
        "disputed=1": ["Disputed"],
        "late=1": ["Late"],
        "past=1": ["Left"],
        "free=1": ["Silent", "Left"],
        "visibility=published": ["Disputed"],
        "dated=own-day": ["Disputed", "Left", "Late"],
        "before=2012-11-13": ["Disputed", "Left", "Late"],
        "party=library-board": ["Owned", "Late"],
        "group=media": [],
    }
    assert {query: titles(member.get(f"/items?{query}").text) for query in expected} == expected


def test_an_owner_who_owns_nothing_any_more_finds_nothing(shelf: Shelf, member: Browser) -> None:
    shelf.put(title="Lamps", visibility=Visibility.PUBLISHED)
    with shelf.writing() as session:
        slug = shelf.party(session, "member").slug
    page = member.get(f"/items?owner={slug}&theme=lost").text
    assert [*chips(page)] == ["Remove the filter Owner: Mira Member", "Remove the filter Theme: lost"]
    assert ("Nothing matches" in page, "Lamps" in page) == (True, False)


@pytest.mark.parametrize("name", ["owner", "party"])
def test_outside_the_register_nobody_narrows_a_list_by_owner(
    shelf: Shelf, visitor: Browser, stranger_member: Browser, name: str
) -> None:
    shelf.owned(title="Lamps", visibility=Visibility.PUBLISHED)
    shelf.put(title="Roof", visibility=Visibility.PUBLISHED)
    with shelf.writing() as session:
        slug = shelf.party(session, "member").slug
    for browser in (visitor, stranger_member):
        page = browser.get(f"/items?filter=open&{name}={slug}").text
        assert (titles(page), chips(page)) == (["Lamps", "Roof"], {})
        assert f'name="{name}"' not in page
        assert "Mira" not in page


def test_a_line_says_who_reported_what_nobody_is_named_for(shelf: Shelf, member: Browser) -> None:
    with shelf.writing() as session:
        reporter = shelf.party(session, "chair").person_id
        make_item(session, shelf.board(session), title="Lamps", reported_by=reporter)
        make_item(session, shelf.board(session), title="Roof")
    page = plain(member.get("/items").text)
    assert page.count("proposer not named") == 1
    assert "Lamps Reported by Chen Chair, proposer not named" in page


def test_a_list_is_narrowed_by_who_supports_and_who_has_a_concern(
    shelf: Shelf, member: Browser, visitor: Browser
) -> None:
    with shelf.writing() as session:
        lamps, roof, secret = (
            make_item(session, shelf.board(session), title=title, visibility=visibility)
            for title, visibility in (("Lamps", "published"), ("Roof", "published"), ("Secret", "internal"))
        )
        his, hers = shelf.party(session, "member"), shelf.party(session, "secretariat")
        for item, stand in (
            (lamps, NewPosition(his.id, Stance.SUPPORTS_IF, "if cheap")),
            (secret, NewPosition(his.id, Stance.SUPPORTS)),
            (roof, NewPosition(his.id, Stance.HAS_A_CONCERN)),
            (roof, NewPosition(hers.id, Stance.SUPPORTS, reported_by=his.person_id)),
        ):
            add_position(session, item, stand, by=SYSTEM, now=NOW)
        supporter, other = his.slug, hers.slug
    assert titles(member.get(f"/items?supported={supporter}").text) == ["Lamps", "Secret"]
    assert titles(visitor.get(f"/items?supported={supporter}").text) == ["Lamps"]
    assert titles(member.get(f"/items?concern={supporter}").text) == ["Roof"]
    assert f'value="{other}"' not in member.get("/items?filter=open").text
    assert [*chips(member.get(f"/items?concern={supporter}").text)] == ["Remove the filter Concern from: Mira Member"]


def test_a_board_has_a_column_for_each_progress_asked_for(shelf: Shelf, member: Browser) -> None:
    days_ago = {"own_due_on": TODAY - timedelta(days=2), "progress": Progress.WAITING}
    shelf.owned("register", title="Late", **days_ago)
    shelf.put(title="Left", **days_ago)
    whole, some = (plain(member.get(f"/items?view=board{more}").text) for more in ("", "&progress=open"))
    assert "not started 0 none" in whole
    assert (
        "waiting 2 1 overdue 1 past its date, not accepted 1 Late Library Board Sat 10 Nov 2012 2 days ago, overdue"
        in whole
    )
    assert "2 Left no owner Sat 10 Nov 2012 2 days ago, past its date, not accepted Update" in whole
    assert "no longer pursued 0" in whole
    assert "no longer pursued 0" not in some


@pytest.mark.parametrize("view", ["disputes", "partly"])
def test_a_board_counts_no_bare_done_where_somebody_doubts_it(shelf: Shelf, member: Browser, view: str) -> None:
    shelf.put(title="Lamps", progress=Progress.DONE, proposer_view=ProposerView(view))
    page = plain(member.get("/items?view=board").text)
    assert "done 1 1 of them disputed or only partly 1 Lamps" in page
    assert "a proposer or supporter" in page.partition("1 Lamps")[2]


def test_a_full_column_shows_more_and_leads_to_the_table(shelf: Shelf, member: Browser) -> None:
    with shelf.writing() as session:
        for number in range(MOST_CARDS + 1):
            make_item(session, shelf.board(session), title=f"Title {number:03}", theme="access")
    page = member.get("/items?view=board&theme=access&sort=title").text
    assert page.count('<li class="card">') == MOST_CARDS
    [more] = re.findall(r'<a class="apart" href="([^"]+)">More here', page)
    assert member.get(unescape(more)).text.count('<li class="card">') == MOST_CARDS + 1
    [href] = re.findall(r'<a class="apart" href="([^"]+)">All 21 in the table</a>', page)
    assert titles(member.get(unescape(href)).text)[-1] == "Title 020"


def test_a_stranger_may_not_move_a_card(shelf: Shelf, visitor: Browser) -> None:
    shelf.put(title="Open to all", visibility=Visibility.PUBLISHED)
    page = visitor.get("/items?view=board").text
    assert "Open to all" in page
    assert "/update" not in page


def test_an_update_opens_with_the_progress_of_a_column(shelf: Shelf, member: Browser) -> None:
    number = shelf.put()
    assert '<option selected value="waiting">' in member.get(f"/items/{number}/update?progress=waiting").text
    assert member.get(f"/items/{number}/update?progress=nonsense").status_code == 200


def test_a_timeline_groups_by_milestone_around_today(shelf: Shelf, member: Browser) -> None:
    with shelf.writing() as session:
        board = shelf.board(session)
        february = make_milestone(session, board)
        make_item(session, board, title="Minutes", milestone_id=february.id, offset_days=-14)
        make_item(session, board, title="Lamps", own_due_on=TODAY - timedelta(days=1))
        make_item(session, board, title="Roof", condition="if it rains")
    text = plain(member.get("/items?view=timeline").text)
    places = (
        "On a day of its own 1 item · 1 past its date, not accepted 2 Lamps",
        "Today, Monday 12 November 2012",
        "February consultations Thu 28 Feb 2013 in 15 weeks 1 item 1 Minutes",
        "Waits for a condition 1 item 3 Roof",
    )
    at = [text.index(place) for place in places]
    assert at == sorted(at)
    assert "waits: if it rains" in text


@pytest.mark.parametrize(("most", "count"), [("x", 10), ("5", 10), ("30", 12), ("999999", 12)])
def test_a_timeline_shows_more_of_each_place(shelf: Shelf, member: Browser, most: str, count: int) -> None:
    with shelf.writing() as session:
        for _ in range(12):
            make_item(session, shelf.board(session), title="Someday")
    page = member.get(f"/items?view=timeline&most={most}").text
    assert len(titles(page)) == count
    assert ("#stop-2" in page) is (count == 10)


@pytest.mark.parametrize("path", ["?late=", "?view=board", "?view=timeline", "?print=1", ".csv", ".xlsx"])
def test_a_list_takes_as_many_statements_for_thirty_items_as_for_one(shelf: Shelf, member: Browser, path: str) -> None:
    counts = []
    for more in (1, 29):
        with shelf.writing() as session:
            for _ in range(more):
                make_item(session, shelf.board(session), put_forward_by=shelf.party(session).id)
        with statements(shelf.app) as seen:
            member.get(f"/items{path}")
        counts.append(len(seen))
    assert counts[0] == counts[1] > 5


@pytest.mark.parametrize(
    ("address", "is_open", "button"),
    [
        ("/items", False, '<a class="button button-quiet" href="/items?filter=open#filter">Filter</a>'),
        ("/items?q=lamps&theme=access&sort=-due", False, 'sort=-due&amp;filter=open#filter">Filter · 1</a>'),
        ("/items?theme=access&filter=open", True, 'href="/items?theme=access">Close the filter</a>'),
    ],
)
def test_the_fields_of_the_filter_come_when_it_is_opened(
    shelf: Shelf, member: Browser, address: str, is_open: bool, button: str
) -> None:
    shelf.put(title="lamps", theme="access")
    page = member.get(address).text
    assert [f'name="{name}"' in page for name in ("owner", "concern", "late", "sort")] == [
        is_open,
        is_open,
        is_open,
        is_open or "sort=" in address,
    ]
    assert button in page


def test_a_search_keeps_the_filters_that_are_set(shelf: Shelf, member: Browser) -> None:
    shelf.put()
    page = member.get("/items?progress=open&sort=-due&view=board").text
    for name, value in (("progress", "open"), ("sort", "-due"), ("view", "board")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def marks_of(browser: Browser) -> list[str]:
    """Who may read the items of the list, as far as it says so."""
    return re.findall(r'mark-(internal|published)"', browser.get("/items").text)


@pytest.mark.parametrize(
    ("internal", "published", "marked"),
    [(2, 0, []), (0, 2, []), (2, 1, ["published"]), (1, 2, ["internal"])],
)
def test_a_list_marks_who_may_read_an_item_only_where_that_is_the_exception(
    shelf: Shelf, member: Browser, visitor: Browser, internal: int, published: int, marked: list[str]
) -> None:
    for visibility, count in ((Visibility.INTERNAL, internal), (Visibility.PUBLISHED, published)):
        for _ in range(count):
            shelf.put(visibility=visibility)
    assert marks_of(member) == marked
    assert marks_of(visitor) == []


def test_a_row_tells_the_age_of_the_last_news_that_its_reader_may_see(
    shelf: Shelf, member: Browser, visitor: Browser
) -> None:
    with shelf.writing() as session:
        board = shelf.board(session)
        values = {"visibility": Visibility.PUBLISHED, "created_at": NOW - timedelta(days=200)}
        item = make_item(session, board, title="Lamps", **values)
        made(session, Update(item_id=item.id, made_at=NOW - timedelta(days=12), note="Among us"))
    ages = [
        re.findall(r'data-label="News"><time[^>]*>([^<]+)<', browser.get("/items").text)
        for browser in (member, visitor)
    ]
    assert ages == [["12 d"], ["7 mo"]]


def test_what_is_empty_is_a_dash_with_a_word_for_who_does_not_see_it(shelf: Shelf, member: Browser) -> None:
    shelf.put(title="Lamps")
    page = plain(member.get("/items").text)
    assert "Lamps – no owner – no date not started" in page


@pytest.fixture
def volunteer(shelf: Shelf) -> str:
    """The slug of somebody who was asked by name, took it up, and is late; and an item that nobody was asked by."""
    with shelf.writing() as session:
        board = shelf.board(session)
        person = make_person(session, "Zoe Oak")
        make_term(session, person, board)
        late = {"visibility": Visibility.PUBLISHED, "own_due_on": TODAY - timedelta(days=90)}
        item = make_item(session, board, title="Sweep", **late)
        make_item(session, board, title="Mend", visibility=Visibility.PUBLISHED)
        make_addressee(session, item, party_of(session, person), response=ResponseState.TAKEN_UP)
        return person.slug


@pytest.mark.parametrize("path", ["/items", "/items?view=board", "/items?view=timeline", "/items?print=1", "/items/1"])
def test_strangers_read_the_body_of_a_volunteer_who_was_asked(volunteer: str, visitor: Browser, path: str) -> None:
    page = visitor.get(path).text
    assert "Sweep" in page
    assert "Zoe Oak" not in page


@pytest.mark.parametrize("name", ["addressee", "party", "owner"])
def test_strangers_do_not_find_items_by_a_volunteer(volunteer: str, visitor: Browser, name: str) -> None:
    page = visitor.get(f"/items?{name}={volunteer}").text
    assert (titles(page), chips(page)) == (["Sweep", "Mend"], {})
    assert volunteer not in page


def test_the_people_of_the_register_find_items_by_whom_they_ask(volunteer: str, member: Browser) -> None:
    page = member.get(f"/items?addressee={volunteer}").text
    assert titles(page) == ["Sweep"]
    assert "Zoe Oak" in page


def test_strangers_read_no_body_where_somebody_outside_was_asked(shelf: Shelf, visitor: Browser) -> None:
    with shelf.writing() as session:
        item = make_item(session, shelf.board(session), title="Come", visibility=Visibility.PUBLISHED)
        make_addressee(session, item, party_of(session, make_person(session, "Zoe Oak")))
    for path in ("/items", "/items/1"):
        page = visitor.get(path).text
        assert "a person" in page
        assert "Zoe Oak" not in page
    assert "zoe-oak" not in visitor.get("/items.csv").text
