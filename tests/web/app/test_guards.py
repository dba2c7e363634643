"""What protects every answer: headers, hosts, cookies, sizes; and errors in plain words."""

from pathlib import Path

import pytest
from flask import Flask, abort

from tests.web.browsing import Browser
from tests.web.world import World, make_world
from tracker import create_app
from tracker.config import Config
from tracker.errors import Refused, Stale
from tracker.people import sessions
from tracker.web.app import guards
from tracker.web.app.access_table import TABLE, Access

POLICY = [
    "default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'",
    "frame-ancestors 'none'",
]  # fmt: skip
ANSWERS = {
    "/": 200,
    "/sign-in": 200,
    "/sign-in/x": 404,
    "/health": 200,
    "/static/style.css": 200,
    "/nowhere": 404,
    "/b/nowhere/": 404,
    "/account": 302,
    "/fails/500": 500,
    "/fails/409": 409,
    "/fails/422": 422,
    "/fails/429": 429,
    "/fails/413": 413,
    "/fails/418": 418,
}


@pytest.fixture
def failing(app: Flask, world: World) -> Browser:
    """A browser of an application with a page that fails as it is told."""
    app.add_url_rule("/fails/<int:code>", "fails", _fail)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    TABLE["fails"] = Access.ANYONE
    yield Browser(app)
    del TABLE["fails"]


def _raise(*_values: object, **_named: object) -> None:
    raise RuntimeError("broken")


def _fail(code: int) -> str:
    if code == 500:
        raise RuntimeError("a secret of the program")
    if code == 409:
        raise Stale("Somebody else has saved this.")
    if code == 422:
        raise Refused("The last day is before %(day)s.", day="the <first>")
    abort(code)


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_every_answer_carries_the_protecting_headers(failing: Browser, path: str, status: int) -> None:
    answer = failing.get(path)
    assert answer.status_code == status
    assert [rule for rule in POLICY if rule not in answer.headers["Content-Security-Policy"]] == []
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Referrer-Policy"] in ("same-origin", "no-referrer")


@pytest.mark.parametrize("path", [path for path in ANSWERS if path != "/static/style.css"])
def test_no_page_stays_in_a_cache(failing: Browser, path: str) -> None:
    answer = failing.get(path)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_a_refused_method_carries_the_headers_and_says_which_are_allowed(visitor: Browser) -> None:
    answer = visitor.client.put("/")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_address_of_a_sign_in_link_goes_to_nobody(visitor: Browser) -> None:
    assert visitor.get("/sign-in/x").headers["Referrer-Policy"] == "no-referrer"


def test_a_static_file_is_kept_by_its_fingerprint(visitor: Browser) -> None:
    page = visitor.get("/").text
    address = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "?v=" in address
    assert "max-age=31536000" in visitor.get(address).headers["Cache-Control"]


@pytest.mark.parametrize("code", [404, 409, 413, 422, 429, 500])
def test_an_error_shows_nothing_of_the_program(failing: Browser, code: int) -> None:
    text = failing.get(f"/fails/{code}").text
    assert "Traceback" not in text
    assert "a secret of the program" not in text


def test_a_refusal_is_said_in_its_own_words_and_escaped(failing: Browser) -> None:
    assert "The last day is before the &lt;first&gt;." in failing.get("/fails/422").text


def test_a_broken_database_is_answered_without_one(failing: Browser, app: Flask) -> None:
    with app.extensions["sessions"].writing() as session:
        session.connection().exec_driver_sql("ALTER TABLE body RENAME TO gone")
    assert "Something went wrong on our side" in failing.get("/").text


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "localhost@evil.example",
        "127.0.0.1.nip.io",
        "[::2]",
    ],
)
def test_a_foreign_host_is_refused(visitor: Browser, host: str) -> None:
    answer = visitor.get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "localhost:8001", "127.0.0.1:8000", "[::1]:8000"])
def test_this_machine_is_trusted_when_no_address_is_set(visitor: Browser, host: str) -> None:
    assert visitor.get("/sign-in", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "Forwarded", "X-Original-Host", "X-HTTP-Host-Override"]
)
def test_no_other_header_names_the_host(visitor: Browser, name: str) -> None:
    value = "host=evil.example" if name == "Forwarded" else "evil.example"
    answer = visitor.get("/account", headers={name: value})
    assert "evil" not in answer.location + answer.text


def settings_for(tmp_path: Path, **environ: str) -> dict[str, object]:
    return guards.settings(Config.from_environment({"VAR_DIR": str(tmp_path), **environ}, tmp_path))


@pytest.mark.parametrize(("host", "status"), [("tracker.example.org", 200), ("localhost", 400), ("evil.example", 400)])
def test_the_set_address_is_the_only_trusted_host(settings: dict[str, str], host: str, status: int) -> None:
    public = create_app({**settings, "BASE_URL": "https://tracker.example.org"})
    answer = Browser(public).get("/health", headers={"Host": host})
    public.extensions["sessions"].engine.dispose()
    assert answer.status_code == status


def test_with_https_the_cookie_is_secure_and_of_this_host_alone(tmp_path: Path) -> None:
    made = settings_for(tmp_path, BASE_URL="https://tracker.example.org")
    assert made["SESSION_COOKIE_SECURE"] is True
    assert str(made["SESSION_COOKIE_NAME"]).startswith("__Host-")


def test_with_https_browsers_are_told_to_stay_with_it(settings: dict[str, str]) -> None:
    public = create_app({**settings, "BASE_URL": "https://tracker.example.org"})
    answer = Browser(public).get("/health", headers={"Host": "tracker.example.org"})
    public.extensions["sessions"].engine.dispose()
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_failure_is_logged_without_the_token_in_its_path(
    failing: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sessions, "find_link", _raise)
    assert failing.get("/sign-in/a-secret-token").status_code == 500
    assert "sign_in.link" in caplog.text
    assert "a-secret-token" not in caplog.text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: Browser) -> None:
    cookie = visitor.get("/sign-in").headers["Set-Cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Secure" not in cookie


def test_a_body_over_20_megabytes_is_refused(member: Browser) -> None:
    member.get("/account")
    answer = member.client.post("/account", data=b"x" * (20 * 1024 * 1024 + 1))
    assert answer.status_code == 413
    assert "up to 20 MB" in answer.text


def test_an_empty_installation_says_what_to_do(settings: dict[str, str]) -> None:
    empty = create_app(settings)
    answer = Browser(empty).get("/")
    empty.extensions["sessions"].engine.dispose()
    assert answer.status_code == 200
    assert "flask seed" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/meetings/%00", 404),
        ("/meetings/a%00b", 404),
        ("/b/%00/items", 404),
        ("/search?q=%00", 400),
        ("/items?theme=%00", 400),
        ("/items?%00=1", 400),
        ("/search?q=%2500", 200),
    ],
)
def test_a_null_character_in_an_address_is_no_fault_of_ours(any_app: Flask, path: str, status: int) -> None:
    make_world(any_app.extensions["sessions"])
    any_app.config["PROPAGATE_EXCEPTIONS"] = False
    assert Browser(any_app).get(path).status_code == status
