"""Who may do what: every route for everybody, forged forms, and that reading changes nothing."""

import hashlib
import itertools
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask, Response
from sqlalchemy.exc import OperationalError
from werkzeug.routing import Rule

from tests.factories import NOW, make_item, make_meeting, make_milestone
from tests.web.browsing import Browser, links_of
from tests.web.world import World
from tracker.meetings.models import Visibility
from tracker.people.models import Attempt, Body
from tracker.web.app import context
from tracker.web.app.access_table import TABLE, Access

EVERYBODY = ("visitor", "member", "secretariat", "rapporteur", "chair", "operator", "stranger_member")
#: whom each access lets in, on the pages of the Library Board
LETS_IN = {
    Access.ANYONE: set(EVERYBODY),
    Access.TOKEN: set(EVERYBODY),
    Access.SIGNED_IN: set(EVERYBODY) - {"visitor"},
    Access.MEMBER: {"member", "secretariat", "rapporteur", "chair"},
    Access.TRIAGE: {"secretariat", "rapporteur"},
    Access.SECOND: {"secretariat", "chair"},
    Access.SECRETARIAT: {"secretariat"},
    Access.OPERATOR: {"operator"},
    Access.OFFICE: {"secretariat", "operator"},
}
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
EXAMPLES: dict[str, Any] = {"Number": 1, "UnicodeConverter": "x", "PathConverter": "x", "UUIDConverter": 0}
#: the only rows that reading may write: who was seen when, and wrong tries
EXCEPTIONS = {"sign_in_session", "attempt"}


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def address(app: Flask, rule: Rule) -> str:
    values = {name: EXAMPLES[type(converter).__name__] for name, converter in rule._converters.items()}
    return str(app.url_map.bind("localhost").build(rule.endpoint, values, method=sorted(rule.methods or ())[0]))


def methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) - {"OPTIONS"})


def let_through(app: Flask) -> None:
    """Put an empty answer in the place of every view, and draw no page for a refusal: only the guards decide."""
    app.error_handler_spec.clear()
    for endpoint in set(app.view_functions) - {"static"}:
        app.view_functions[endpoint] = lambda **_values: Response(status=204)


@pytest.fixture
def browsers(request: pytest.FixtureRequest) -> dict[str, Browser]:
    return {name: request.getfixturevalue(name) for name in EVERYBODY}


def test_every_route_stands_in_the_table(app: Flask) -> None:
    assert set(app.view_functions) - set(TABLE) == set()


def test_the_table_names_no_route_that_is_gone(app: Flask) -> None:
    assert set(TABLE) - set(app.view_functions) == set()


def test_a_route_that_is_not_in_the_table_answers_nobody(app: Flask, world: World) -> None:
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")
    assert Browser(app, world.operator).get("/forgotten").status_code == 404


@pytest.fixture
def route_of_each_kind(app: Flask) -> Iterator[None]:
    """A route for each kind of access, whether a page of ours has it yet or not."""
    for kind in Access:
        app.add_url_rule(f"/{kind.name}", kind.name, lambda: Response(status=204), methods=["GET", "POST"])
        TABLE[kind.name] = kind
    yield
    for kind in Access:
        del TABLE[kind.name]


def test_each_kind_of_access_lets_in_whom_it_should(route_of_each_kind: None, browsers: dict[str, Browser]) -> None:
    admitted = {
        kind: {name for name, browser in browsers.items() if browser.send("POST", f"/{kind.name}").status_code == 204}
        for kind in Access
    }
    assert admitted == LETS_IN


def test_a_page_that_is_read_cannot_write(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TABLE, "writes", Access.ANYONE)
    app.add_url_rule("/writes", "writes", _write, methods=["GET", "POST"])
    browser = Browser(app)
    with pytest.raises(OperationalError, match="readonly"):
        browser.get("/writes")
    assert browser.post("/writes").status_code == 204


def _write() -> Response:
    context.session().add(Attempt(key="x", at=NOW))
    context.session().commit()
    return Response(status=204)


def test_every_route_lets_in_whom_the_table_says_and_nobody_else(app: Flask, browsers: dict[str, Browser]) -> None:
    let_through(app)
    wrong = [
        f"{method} {rule.rule} {'refuses' if may else 'admits'} {name}"
        for rule, (name, browser) in itertools.product(rules(app), browsers.items())
        for method in methods(rule)
        if (browser.send(method, address(app, rule)).status_code == 204)
        != (may := name in LETS_IN[TABLE[rule.endpoint]])
    ]
    assert wrong == []


def test_a_member_of_another_body_is_nobody_here_under_its_prefix_either(
    app: Flask, browsers: dict[str, Browser]
) -> None:
    let_through(app)
    closed = [rule for rule in rules(app) if TABLE[rule.endpoint] in (Access.MEMBER, Access.SECRETARIAT)]
    answers = {browsers["stranger_member"].get(f"/b/library-board{address(app, rule)}").status_code for rule in closed}
    assert answers <= {404, 405}


def test_a_stranger_is_sent_to_sign_in_and_back(visitor: Browser) -> None:
    assert visitor.get("/account?x=1").location == "/sign-in?next=/account?x%3D1"


def test_a_stranger_of_another_register_comes_back_to_it(visitor: Browser) -> None:
    assert visitor.get("/b/park-board/account").location == "/b/park-board/sign-in?next=/b/park-board/account"


@pytest.fixture(params=["no token", "a wrong token", "an empty token", "a token of another session", "plain text"])
def forged(request: pytest.FixtureRequest, secretariat: Browser, member: Browser) -> dict[str, Any]:
    """What a forged form brings along."""
    member.get("/account")
    return {
        "no token": {"data": {}},
        "a wrong token": {"data": {"csrf_token": "x" * 40}},
        "an empty token": {"data": {"csrf_token": ""}},
        "a token of another session": {"data": {"csrf_token": member.token}},
        "plain text": {"data": f"csrf_token={member.token}", "content_type": "text/plain"},
    }[request.param]


@pytest.mark.parametrize("method", UNSAFE)
def test_a_forged_form_reaches_no_view(app: Flask, secretariat: Browser, forged: dict[str, Any], method: str) -> None:
    let_through(app)
    secretariat.get("/account")
    guarded = [rule for rule in rules(app) if TABLE[rule.endpoint] is not Access.TOKEN]
    answers = {secretariat.client.open(address(app, rule), method=method, **forged).status_code for rule in guarded}
    assert answers <= {400, 405}


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
def test_a_form_of_another_site_is_refused_even_with_its_token(secretariat: Browser, headers: dict[str, str]) -> None:
    secretariat.get("/account")
    assert secretariat.post("/account/out-everywhere", headers=headers).status_code == 400


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://localhost"}, {"Origin": "null"}, {}]
)
def test_a_form_of_our_own_passes(secretariat: Browser, headers: dict[str, str]) -> None:
    assert secretariat.post("/account/out-everywhere", headers=headers).status_code == 302


def fingerprint(app: Flask) -> str:
    """Return the hash of all rows but those of the named exceptions."""
    engine = app.extensions["sessions"].engine
    tables = sorted(set(sa.inspect(engine).get_table_names()) - EXCEPTIONS)
    with engine.connect() as connection:
        rows = [sorted(map(repr, connection.execute(sa.text(f'SELECT * FROM "{name}"')))) for name in tables]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def crawl(browser: Browser, start: str) -> Iterator[str]:
    """Follow every link from a page on; read each twice, for HEAD asks its view too. Of many states a dozen."""
    waiting, seen, states = [start], set(), Counter[str]()
    while waiting and len(seen) < 300:
        path = waiting.pop()
        page = path.partition("?")[0]
        if path in seen or states[page] == 12:
            continue
        seen.add(path)
        states[page] += 1
        yield path
        browser.client.options(path)
        browser.client.head(path)
        waiting += links_of(browser.get(path))


@pytest.mark.parametrize("name", EVERYBODY)
def test_reading_changes_nothing(app: Flask, world: World, name: str, request: pytest.FixtureRequest) -> None:
    with app.extensions["sessions"].writing() as session:
        board = session.get_one(Body, world.register)
        make_item(session, board, visibility=Visibility.PUBLISHED)
        make_item(session, board, number=99)
        make_milestone(session, board)
        make_meeting(session, board, visibility=Visibility.PUBLISHED)
    browser: Browser = request.getfixturevalue(name)
    before = fingerprint(app)
    assert len(list(crawl(browser, "/"))) >= 2
    assert fingerprint(app) == before
