"""Every page that can be read, on a world that has something for each: well-formed, light, and no wider than words."""

import pytest

from tests.town import Town
from tests.town.addresses import FILES, PAGES, every_page, readable
from tests.web.browsing import Browser


def test_every_page_has_its_address(town: Town) -> None:
    assert readable(town.app) == set(PAGES) | FILES


@pytest.fixture(scope="module")
def browsers(town: Town) -> dict[str | None, Browser]:
    """Who opens the pages."""
    names = {address.reader for address in every_page(town)}
    return {name: Browser(town.app, name and getattr(town.world, name)) for name in names}


def test_every_page_answers(town: Town, browsers: dict[str | None, Browser]) -> None:
    answers = {address: browsers[address.reader].get(address.path).status_code for address in every_page(town)}
    assert {address: code for address, code in answers.items() if code != 200} == {}
