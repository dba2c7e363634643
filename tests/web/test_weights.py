"""What a page weighs on a slow line, counted in bytes: at the first visit with all its files, later alone."""

import re
from hashlib import sha256
from urllib.parse import urlsplit

import pytest

from tests.factories import make_item
from tests.town import Town
from tests.town.addresses import every_page
from tests.web.browsing import Browser
from tests.web.shelf import Shelf

FIRST_VISIT = 60_000
LATER = 15_000
#: what one opens from a mail
ANSWER_PAGES = ("/items/2/owner/answer", "/items/1/update")
ANSWER = 10_000
FILES = re.compile(r'(?:href|src)="(/static/[^"#]+)')


@pytest.fixture(scope="module")
def browsers(town: Town) -> dict[str | None, Browser]:
    return {name: Browser(town.app, name and getattr(town.world, name)) for name in (None, "secretariat", "operator")}


def weight(browser: Browser, path: str) -> int:
    """Return the bytes of an answer as it is sent, with what its headers take."""
    answer = browser.client.get(path, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert answer.status_code == 200
    return len(answer.data) + sum(len(f"{name}: {value}\r\n") for name, value in answer.headers)


def files_of(browser: Browser, path: str) -> set[str]:
    return set(FILES.findall(browser.client.get(path).text))


def test_no_page_is_heavy(town: Town, browsers: dict[str | None, Browser]) -> None:
    kept: dict[str, int] = {}
    heavy = []
    for page in every_page(town):
        browser = browsers[page.reader]
        files = files_of(browser, page.path)
        kept |= {file: weight(browser, file) for file in files - set(kept)}
        alone = weight(browser, page.path)
        if alone > LATER or alone + sum(kept[file] for file in files) > FIRST_VISIT:
            heavy.append((page.path, alone))
    assert heavy == []


@pytest.mark.parametrize("path", ANSWER_PAGES)
def test_the_page_that_a_mail_leads_to_is_light(browsers: dict[str | None, Browser], path: str) -> None:
    assert weight(browsers["secretariat"], path) < ANSWER


@pytest.mark.parametrize("path", ["/items", "/items/publish"])
def test_a_full_page_of_items_is_light(shelf: Shelf, secretariat: Browser, path: str) -> None:
    with shelf.writing() as session:
        for number in range(1, 61):  # titles that no compression makes shorter
            title = sha256(str(number).encode()).hexdigest()
            make_item(session, shelf.board(session), number=number, title=title, theme=title[:8])
    assert weight(secretariat, path) < LATER


def test_what_a_browser_has_kept_it_need_not_ask_for_again(town: Town, browsers: dict[str | None, Browser]) -> None:
    files = {file for page in ("/", "/sign-in") for file in files_of(browsers[None], page)}
    answers = [browsers[None].client.get(file, buffered=True) for file in files]
    assert {urlsplit(file).query[:2] for file in files} == {"v="}
    assert all(answer.cache_control.immutable and answer.cache_control.max_age >= 31536000 for answer in answers)
