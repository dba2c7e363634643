"""The first page, the frame around every page, and the state of the installation."""

from datetime import date

from flask import Flask

from tests.factories import NOW, make_item, make_person, make_term
from tests.web.browsing import Browser
from tests.web.world import World
from tracker.jobs.models import JobRun
from tracker.mail.models import Relay, Suppression
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Person, Role


def published(app: Flask, world: World, register: int) -> None:
    with app.extensions["sessions"].writing() as session:
        make_item(session, session.get_one(Body, register), number=1, visibility=Visibility.PUBLISHED)
        make_item(session, session.get_one(Body, register), number=2, title="An internal thing")


def test_whoever_signed_in_sees_their_own_page(member: Browser) -> None:
    page = member.get("/").text
    assert "<h1>My page</h1>" in page
    assert "Mira Member" in page


def test_whoever_serves_in_another_register_is_led_there(stranger_member: Browser) -> None:
    assert stranger_member.get("/").location == "/b/park-board/"
    assert stranger_member.get("/b/park-board/").status_code == 200


def test_the_bar_offers_only_what_one_may_open(member: Browser, secretariat: Browser, app: Flask) -> None:
    def bar(browser: Browser) -> str:
        return browser.get("/").text.partition('class="places"')[2].partition("</nav>")[0]

    has_triage = any(rule.rule == "/triage" for rule in app.url_map.iter_rules())
    assert 'href="/triage"' not in bar(member)
    assert ('href="/triage"' in bar(secretariat)) == has_triage


def test_the_bar_says_where_one_is(member: Browser) -> None:
    assert '<a href="/" aria-current="page">My page</a>' in member.get("/").text


def test_links_keep_the_register(app: Flask, world: World) -> None:
    page = Browser(app, world.stranger_member).get("/b/park-board/").text
    assert 'href="/b/park-board/account"' in page
    assert 'href="/account"' not in page


def test_the_switch_offers_the_registers_one_can_see(app: Flask, world: World, member: Browser) -> None:
    assert "another register" not in member.get("/").text
    published(app, world, world.other_register)
    assert '<a href="/b/park-board/">Park Board</a>' in member.get("/").text


def test_an_unknown_register_is_not_there(visitor: Browser) -> None:
    assert visitor.get("/b/nowhere/").status_code == 404


def test_every_page_says_that_this_is_no_outcome(visitor: Browser) -> None:
    assert "not a Library Board outcome" in visitor.get("/").text


def test_the_skip_link_leads_to_the_content(visitor: Browser) -> None:
    page = visitor.get("/sign-in").text
    assert page.index('href="#main"') < page.index("<header")
    assert '<main id="main"' in page


def hold_mail(app: Flask) -> None:
    with app.extensions["sessions"].writing() as session:
        session.add(Relay(held_since=NOW))


def test_held_mail_is_said_to_those_who_can_release_it(
    app: Flask, visitor: Browser, member: Browser, secretariat: Browser
) -> None:
    hold_mail(app)
    told = ["Mail is held" in browser.get("/").text for browser in (visitor, member, secretariat)]
    assert told == [False, False, True]


def test_who_gets_no_mail_is_told_where_to_correct_the_address(
    app: Flask, world: World, member: Browser, secretariat: Browser
) -> None:
    with app.extensions["sessions"].writing() as session:
        email = session.get_one(Person, world.member).email or ""
        session.add(Suppression(to_addr=email, code=550, text="5.1.1 no such user", since=NOW))
    warning = f"No mail reaches you: the mail server of {email} says"
    pages = [(browser, path) for browser in (member, secretariat) for path in ("/", "/account")]
    assert [warning in browser.get(path).text for browser, path in pages] == [True, True, False, False]


def test_the_icon_is_found_without_a_page_that_names_it(visitor: Browser) -> None:
    assert visitor.follow(visitor.get("/favicon.ico")).content_type.startswith("image/svg+xml")


def test_health_tells_of_database_and_scheduler(app: Flask, visitor: Browser) -> None:
    assert visitor.get("/health").json["scheduler"] == {"last_tick": None}
    with app.extensions["sessions"].writing() as session:
        session.add(JobRun(name="digests", started_at=NOW))
    answer = visitor.get("/health").json
    assert (answer["database"], answer["scheduler"]["last_tick"]) == ("ok", "2012-11-12T08:00:00+00:00")


def test_health_says_when_the_database_is_broken(app: Flask, visitor: Browser) -> None:
    with app.extensions["sessions"].writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE job_run RENAME TO gone")
    answer = visitor.get("/health")
    assert (answer.status_code, answer.json["status"]) == (503, "failing")


def test_a_role_that_is_over_opens_nothing(app: Flask, world: World) -> None:
    with app.extensions["sessions"].writing() as session:
        person = make_person(session, "Ada Former")
        body = session.get_one(Body, world.register)
        make_term(session, person, body, Role.SECRETARIAT, last_day=date(2012, 12, 31))
        session.add(Relay(held_since=NOW))
        number = session.get_one(Person, person.id).id
    assert "Mail is held" not in Browser(app, number).get("/").text
