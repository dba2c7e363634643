"""Numbers that no row can have, in every place of an address or a form that takes one: never a failure of ours."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.datastructures import ImmutableMultiDict

from tests.conftest import administer, database_of
from tests.town import Town, make_town
from tests.town.addresses import PAGES, every_page
from tests.web.browsing import Browser
from tracker import create_app

NUMBERS = ("2147483648", "9" * 20)
READ: set[str] = set()


class Noting(ImmutableMultiDict[str, str]):
    """The values of a request, which note what they are asked for."""

    def __contains__(self, name: object) -> bool:
        READ.add(str(name))
        return super().__contains__(name)

    def __getitem__(self, name: str) -> str:
        READ.add(name)
        return super().__getitem__(name)

    def get(self, name: str, *args: Any, **options: Any) -> Any:
        READ.add(name)
        return super().get(name, *args, **options)

    def getlist(self, name: str, *args: Any, **options: Any) -> Any:
        READ.add(name)
        return super().getlist(name, *args, **options)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def large_town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The town on either kind of database, whose application answers with 500 rather than raise."""
    folder = tmp_path_factory.mktemp("numbers")
    with_database = _postgresql if request.param == "postgresql" else _sqlite
    for url in with_database(request, folder):
        app = create_app({"DATABASE_URL": url, "VAR_DIR": str(folder / "var"), "SECRET_KEY": "a test's own"})
        yield make_town(app)
        app.extensions["sessions"].engine.dispose()


def _sqlite(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    path = folder / "town.sqlite"
    path.write_bytes(request.getfixturevalue("migrated").read_bytes())
    yield f"sqlite:///{path}"


def _postgresql(request: pytest.FixtureRequest, _folder: Path) -> Iterator[str]:
    server = request.getfixturevalue("postgresql_server")
    administer(server, "CREATE DATABASE huge_numbers TEMPLATE migrated")
    yield database_of(server, "huge_numbers")
    administer(server, "DROP DATABASE huge_numbers WITH (FORCE)")


@pytest.fixture(scope="module")
def noting(large_town: Town) -> Town:
    """The town, whose requests note what is read of them."""
    app = large_town.app

    class NotingRequest(app.request_class):  # type: ignore[misc,name-defined]
        parameter_storage_class = type("NotingValues", (Noting, app.request_class.parameter_storage_class), {})

    app.request_class = NotingRequest
    return large_town


def names_read(browser: Browser, path: str, method: str = "GET") -> set[str]:
    """What a page asks its address, or its form, for."""
    READ.clear()
    browser.client.open(path, method=method, data={"csrf_token": browser.token} if method == "POST" else None)
    return {name for name in READ if not name.startswith("csrf")}


def test_no_number_in_a_query_breaks_a_page(noting: Town) -> None:
    broken, count = list[str](), 0
    browsers = {reader: Browser(noting.app, noting.world.secretariat) for reader in ("secretariat",)}
    for address in every_page(noting):
        if address.reader not in browsers:
            continue
        path, browser = urlsplit(address.path).path, browsers[address.reader]
        for name in sorted(names_read(browser, path)):
            for number in NUMBERS:
                count += 1
                code = browser.client.get(path, query_string={name: number}).status_code
                if code >= 500:
                    broken.append(f"{path}?{name}={number[:30]}: {code}")
    assert broken == []
    assert count > 500


def test_no_number_in_a_path_breaks_an_address(large_town: Town) -> None:
    browser, broken = Browser(large_town.app, large_town.world.secretariat), list[str]()
    for path, methods in sorted(paths_with_numbers(large_town.app)):
        for number in NUMBERS:
            address = path.replace("<>", number)
            for method in methods:
                code = browser.client.open(
                    address, method=method, data={"csrf_token": browser.token} if method == "POST" else None
                ).status_code
                if code >= 500:
                    broken.append(f"{method} {address[:60]}: {code}")
    assert broken == []


def paths_with_numbers(app: Flask) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every route that takes a number, with a gap for one number at a time and 1 in the place of others."""
    for rule in app.url_map.iter_rules():
        converters = rule._converters
        numbers = [name for name, converter in converters.items() if type(converter).__name__ == "Number"]
        methods = tuple(sorted({"GET", "POST"} & (rule.methods or set())))
        for gap in numbers:
            filled = rule.rule
            for name in converters:
                start = filled.index("<", 0) if name not in filled else _opening(filled, name)
                end = filled.index(">", start) + 1
                filled = filled[:start] + ("\0" if name == gap else "1") + filled[end:]
            yield filled.replace("\0", "<>"), methods


def _opening(rule: str, name: str) -> int:
    return rule.rindex("<", 0, rule.index(f"{name}>"))


def forms(town: Town) -> Iterator[str]:
    """The addresses that forms are sent to, where the town has something there."""
    paths = {path.partition("?")[0].format(**town.names) for paths in PAGES.values() for path in paths}
    adapter = town.app.url_map.bind("localhost")
    yield from sorted(path for path in paths if adapter.test(path, "POST"))


def test_no_number_in_a_form_breaks_an_address(noting: Town) -> None:
    browser, broken = Browser(noting.app, noting.world.secretariat), list[str]()
    for path in forms(noting):
        for name in sorted(names_read(browser, path, "POST")):
            for number in NUMBERS[:4]:
                sent = {"csrf_token": browser.token, name: number}
                code = browser.client.post(path, data=sent).status_code
                if code >= 500:
                    broken.append(f"{path} {name}={number[:30]}: {code}")
    assert broken == []
