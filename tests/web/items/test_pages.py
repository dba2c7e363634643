"""The list of items and the page of each, over HTTP, for everybody who may see them."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.factories import TODAY, made, make_addressee, make_item, make_milestone, make_ownership, party_id_of
from tests.web.browsing import Browser
from tests.web.shelf import Shelf
from tracker.items.models import Channel, ItemPassage, Progress
from tracker.items.party_models import Position, ResponseState, Stance
from tracker.meetings.models import Visibility
from tracker.transcripts.models import Passage, Transcript


def plain(html: str) -> str:
    """The words of a page, each run of white space one blank."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_list_shows_what_each_item_is(shelf: Shelf, member: Browser) -> None:
    with shelf.writing() as session:
        party, late = shelf.party(session), TODAY - timedelta(days=2)
        item = make_item(session, shelf.board(session), title="Buy lamps", put_forward_by=party.id, own_due_on=late)
        make_addressee(session, item, party, response=ResponseState.TAKEN_UP)
        make_ownership(session, item, party)
    text = plain(member.get("/items").text)
    row = "Library Board to Library Board taken up Sat 10 Nov 2012 2 days ago overdue"
    for part in ("1 item", "Buy lamps", "Put forward by Library Board", row):
        assert part in text


def test_strangers_see_published_items_only(shelf: Shelf, visitor: Browser) -> None:
    shown, hidden = shelf.put(title="Open to all", visibility=Visibility.PUBLISHED), shelf.put(title="Among us")
    text = visitor.get("/items").text
    assert "Open to all" in text
    assert "Among us" not in text
    assert visitor.get(f"/items/{shown}").status_code == 200
    assert visitor.get(f"/items/{hidden}").status_code == 404


@pytest.mark.parametrize("path", ["/items/0", "/items/99999999999999999999", "/items/x", "/evidence/1"])
def test_what_is_not_there_is_404(member: Browser, path: str) -> None:
    assert member.get(path).status_code == 404


def test_a_filter_keeps_its_state_in_the_address(shelf: Shelf, member: Browser) -> None:
    shelf.put(title="Waits", progress=Progress.WAITING, theme="access")
    shelf.put(title="Runs", progress=Progress.IN_PROGRESS, theme="access")
    page = member.get("/items?progress=waiting&theme=access&sort=-due").text
    assert "Waits" in page
    assert "Runs" not in page
    assert '<input type="hidden" name="progress" value="waiting">' in page
    assert "progress=waiting&amp;theme=access&amp;sort=title" in page


@pytest.mark.parametrize(
    "query",
    ["progress=nonsense", "owner='--", "sort=id;drop", "page=-3", "page=x", "page=99999999999999", "q=%25%5C", "kind="],
)
def test_a_strange_address_shows_the_list(shelf: Shelf, member: Browser, query: str) -> None:
    shelf.put(title="Still here %\\")
    answer = member.get(f"/items?{query}")
    assert answer.status_code == 200
    assert "Still here" in answer.text or "Nothing matches" in answer.text


@pytest.mark.parametrize(("query", "found"), [("progress=open", ["My own"]), ("mine=1", ["My own"]), ("late=1", [])])
def test_what_is_open_what_is_mine_and_what_is_late(
    shelf: Shelf, member: Browser, query: str, found: list[str]
) -> None:
    shelf.owned(title="My own")
    shelf.put(title="Closed one", progress=Progress.DONE, own_due_on=TODAY - timedelta(days=9))
    page = member.get(f"/items?{query}").text
    assert [title for title in ("My own", "Closed one") if title in page] == found


def test_pages_follow_each_other(shelf: Shelf, member: Browser) -> None:
    with shelf.writing() as session:
        for number in range(51):
            make_item(session, shelf.board(session), title=f"Title {number:03}")
    first = member.get("/items?sort=title")
    assert "Page 1 of 2" in first.text
    [following] = re.findall(r'rel="next" href="([^"]+)"', first.text)
    assert "Title 050" in member.get(following.replace("&amp;", "&")).text


def test_empty_states_teach(shelf: Shelf, member: Browser, secretariat: Browser) -> None:
    assert "Import a transcript" in secretariat.get("/items").text
    assert "No items have been published yet" in member.get("/items").text
    shelf.put()
    assert "Nothing matches" in member.get("/items?q=zebra").text


def test_a_page_quotes_its_passage_in_context_and_links_to_it(shelf: Shelf, member: Browser) -> None:
    page = member.get(f"/items/{shelf.cited()}").text
    assert "Good morning." in page
    assert re.search(r'class="caption-mark"[^>]*>Ian to here<', page)
    assert re.search(r'href="/transcripts/\d+\?at=\d+-\d+#at"', page)
    assert "MS ONE" in page


def test_words_of_a_meeting_that_is_not_published_stay_inside(shelf: Shelf, visitor: Browser) -> None:
    page = visitor.get(f"/items/{shelf.cited(visibility=Visibility.PUBLISHED)}").text
    assert "lamps" not in page
    assert "has not been published" in page


def test_words_of_a_published_meeting_are_for_all(shelf: Shelf, visitor: Browser) -> None:
    number = shelf.cited({"visibility": Visibility.PUBLISHED}, visibility=Visibility.PUBLISHED)
    assert "Let us buy lamps" in visitor.get(f"/items/{number}").text


def test_a_passage_of_a_file_that_is_missing_says_where_it_will_stand(shelf: Shelf, member: Browser) -> None:
    number = shelf.put()
    with shelf.item(number) as (session, item):
        passage = Passage(sha256="ab" * 32, start=120, end=260)
        session.add(passage)
        session.flush()
        session.add(ItemPassage(item_id=item.id, passage_id=passage.id))
    text = plain(member.get(f"/items/{number}").text)
    assert "Characters 120 to 260 of a transcript that is not imported yet (SHA-256 abababababab…)" in text


@pytest.mark.parametrize(("author_key", "count"), [("", 1), ("person:7", 0)])
def test_the_notice_on_captions_stands_where_captions_are_quoted(
    shelf: Shelf, member: Browser, author_key: str, count: int
) -> None:
    number = shelf.cited()
    with shelf.item(number) as (session, _item):
        made(session, session.exec(select(Transcript)).one()).author_key = author_key
    assert member.get(f"/items/{number}").text.count("Captions are not an authoritative record.") == count
    assert "Captions are not" not in member.get(f"/items/{shelf.put()}").text


def test_a_page_says_that_nothing_is_an_outcome(shelf: Shelf, member: Browser) -> None:
    with shelf.writing() as session:
        party = shelf.party(session).id
    text = plain(member.get(f"/items/{shelf.put(put_forward_by=party)}").text)
    assert "Put forward by Library Board (capacity not stated) · not a Library Board outcome" in text


def test_a_due_rule_is_said_in_words(shelf: Shelf, member: Browser) -> None:
    with shelf.writing() as session:
        milestone = make_milestone(session, shelf.board(session)).id
    number = shelf.put(milestone_id=milestone, offset_days=-14, promised_on=TODAY)
    rule = "Thu 14 Feb 2013 in 13 weeks 2 weeks before February consultations"
    later = "Monday 12 November 2012, 94 days earlier"
    assert f"{rule}; first set for {later}" in plain(member.get(f"/items/{number}").text)
    with shelf.item(number) as (session, item):
        make_ownership(session, item, shelf.party(session))
    assert f"{rule}; first promised for {later}" in plain(member.get(f"/items/{number}").text)


def test_silence_is_shown_as_silence(shelf: Shelf, member: Browser) -> None:
    number = shelf.put()
    with shelf.item(number) as (session, item):
        item.put_forward_by = shelf.party(session).id
        supporter = shelf.person(session, "chair")
        party = party_id_of(session, supporter)
        session.add(Position(item_id=item.id, party_id=party, stance=Stance.SUPPORTS))
    text = plain(member.get(f"/items/{number}").text)
    assert "No passage found from: government, private sector, civil society" in text
    assert "Silence is not consent." in text
    assert "Stakeholder group supports unknown Chen Chair" in text


def test_what_people_wrote_is_shown_and_never_run(shelf: Shelf, member: Browser) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>[x](javascript:alert(1))\"'"
    number = shelf.put(title=hostile, text=hostile, theme=hostile, condition=hostile, progress_reason=hostile)
    for path in ("/items", f"/items/{number}"):
        page = member.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript:' not in page


def test_the_channel_stands_at_the_quote(shelf: Shelf, member: Browser) -> None:
    number = shelf.cited()
    with shelf.item(number) as (_session, item):
        item.channel = Channel.THROUGH_INTERPRETATION
    page = member.get(f"/items/{number}").text
    assert "through interpretation" in page[page.index("<figcaption") : page.index("</figcaption>")]
