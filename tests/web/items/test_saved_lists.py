"""Saved views in the browser: a name and an address, own and shared, renamed, deleted and put back."""

from tests.web.browsing import Browser
from tests.web.items.test_lists import titles
from tests.web.shelf import Shelf
from tracker.items.models import Progress


def keep(browser: Browser, query: str = "progress=waiting", **typed: str) -> str:
    """Save what that address shows and return the view's own address."""
    answer = browser.post(f"/items/views/new?{query}", {"name": "What waits", **typed})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def test_a_view_has_an_address_that_leads_to_the_list(shelf: Shelf, member: Browser) -> None:
    shelf.put(title="Waits", progress=Progress.WAITING)
    shelf.put(title="Runs", progress=Progress.IN_PROGRESS)
    address = keep(member, "progress=waiting&kind=&sort=-due&page=7&view=board&print=1&nonsense=1")
    assert address == "/items/views/what-waits"
    answer = member.get(address)
    assert answer.location == "/items?progress=waiting&view=board&sort=-due"
    page = member.follow(answer).text
    assert titles(page) == ["Waits"]
    assert f'<a href="{address}" aria-current="page">What waits</a>' in page
    assert "Save this list" not in page


def test_the_form_says_what_will_be_saved(shelf: Shelf, member: Browser) -> None:
    page = member.get("/items/views/new?late=1&view=timeline&sort=-due").text
    assert "Overdue · along the calendar · sorted by due date, latest first" in page
    assert "everybody who serves here" not in page


def test_what_is_refused_is_said_beside_the_name(shelf: Shelf, member: Browser) -> None:
    keep(member)
    twice = member.post("/items/views/new?late=1", {"name": "what WAITS"})
    everything = member.post("/items/views/new", {"name": "All"})
    assert (twice.status_code, everything.status_code) == (422, 422)
    assert "Another view has that name." in twice.text
    assert 'value="what WAITS"' in twice.text
    assert "This list shows everything." in everything.text


def test_ones_own_view_is_nobody_elses(shelf: Shelf, member: Browser, chair: Browser, secretariat: Browser) -> None:
    address = keep(member)
    for browser in (chair, secretariat):
        assert "What waits" not in browser.get("/items/views").text
        for path in (address, f"{address}/edit"):
            assert browser.get(path).status_code == 404
        assert browser.post(f"{address}/delete").status_code == 404


def test_only_the_secretariat_shares(shelf: Shelf, secretariat: Browser, member: Browser) -> None:
    assert member.post("/items/views/new?late=1", {"name": "Late", "seen_by": "shared"}).status_code == 422
    address = keep(secretariat, "mine=1", seen_by="shared")
    shelf.owned(title="Of the member")
    shelf.owned("secretariat", title="Of the secretariat")
    assert titles(member.follow(member.get(address)).text) == ["Of the member"]
    assert f"{address}/edit" not in member.get("/items/views").text
    assert member.get(f"{address}/edit").status_code == 404
    assert secretariat.get(f"{address}/edit").status_code == 200


def test_a_view_of_another_register_is_not_here(shelf: Shelf, secretariat: Browser, operator: Browser) -> None:
    address = keep(secretariat, seen_by="shared")
    assert operator.get(address).status_code == 404
    assert secretariat.get(f"/b/park-board{address}").status_code == 404


def test_a_view_is_renamed_and_shared(shelf: Shelf, secretariat: Browser, member: Browser) -> None:
    address = keep(secretariat)
    told = {"name": "Stuck", "seen_by": "shared", "version": "1"}
    assert secretariat.post(f"{address}/edit", told).location == "/items/views"
    assert "Stuck" in member.get("/items/views").text


def test_two_who_rename_see_both_names(shelf: Shelf, secretariat: Browser) -> None:
    address = keep(secretariat)
    secretariat.post(f"{address}/edit", {"name": "Stuck", "version": "1"})
    answer = secretariat.post(f"{address}/edit", {"name": "Halted", "version": "1"})
    assert answer.status_code == 409
    assert ">Stuck</p>" in answer.text
    assert 'value="Halted"' in answer.text


def test_a_deleted_view_is_put_back_by_one_button(shelf: Shelf, member: Browser) -> None:
    address = keep(member)
    page = member.follow(member.post(f"{address}/delete")).text
    assert "“What waits” is deleted." in page
    assert f'action="{address}/restore"' in page
    assert member.get(address).status_code == 404
    assert member.post(f"{address}/restore").status_code == 302
    assert member.get(address).status_code == 302


def test_a_deleted_view_whose_name_is_taken_is_put_back_under_another(shelf: Shelf, member: Browser) -> None:
    address = keep(member)
    member.post(f"{address}/delete")
    keep(member)
    answer = member.post(f"{address}/restore")
    assert answer.status_code == 422
    assert "Another view has that name" in answer.text
    assert 'value="What waits"' in answer.text
    page = member.follow(member.post(f"{address}/restore", {"name": "What waited"})).text
    assert "“What waited” is restored." in page
    assert member.get(address).status_code == 302


def test_an_empty_page_of_views_teaches(shelf: Shelf, member: Browser) -> None:
    assert "No saved lists yet" in member.get("/items/views").text


def test_what_a_view_is_called_is_shown_and_never_run(shelf: Shelf, member: Browser) -> None:
    shelf.put()
    keep(member, "q=%3Cb%3E%26amp", name="<script>alert(1)</script>")
    for path in ("/items", "/items/views"):
        page = member.get(path).text
        assert "&lt;script&gt;" in page
        assert "<script>alert" not in page
