"""Addresses with numbers that no row can have, and with registers that are not there, lead to no page: 404."""

import pytest

from tests.web.browsing import Browser

TOO_LARGE = ("2147483648", "9" * 26, "9" * 5000)
PATHS = ("/transcripts/{}", "/items/{}", "/digests/{}", "/triage/{}", "/reports/x/v{}")


@pytest.mark.parametrize("number", TOO_LARGE, ids=len)
@pytest.mark.parametrize("path", PATHS)
def test_a_number_that_no_row_can_have_is_no_such_page(secretariat: Browser, path: str, number: str) -> None:
    assert secretariat.get(path.format(number)).status_code == 404


@pytest.mark.parametrize("number", TOO_LARGE, ids=len)
@pytest.mark.parametrize("path", ["/triage/{}/undo", "/mail/{}/cancel", "/items/1/updates/{}/undo"])
def test_nothing_can_be_sent_to_such_a_number_either(secretariat: Browser, path: str, number: str) -> None:
    assert secretariat.post(path.format(number)).status_code == 404


@pytest.mark.parametrize("path", ["/", "/items", "/account", "/triage", "/nowhere"])
def test_a_register_that_is_not_there_is_no_page_to_those_who_are_signed_in(secretariat: Browser, path: str) -> None:
    assert secretariat.get(f"/b/nowhere{path}").status_code == 404
