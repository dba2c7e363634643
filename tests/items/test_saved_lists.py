"""Lists kept under a name: whose they are, what they are called, and that nothing is lost by deleting one."""

import pytest
from sqlmodel import Session, select

from tests.factories import NOW, make_person, make_register
from tracker.errors import Refused, Stale
from tracker.history import Actor, ChangeWay, Event, Wording
from tracker.items import saved_lists
from tracker.items.models import SavedView
from tracker.people.models import Body, Person


@pytest.fixture
def board(session: Session) -> Body:
    return make_register(session)


@pytest.fixture
def ana(session: Session) -> Person:
    return make_person(session)


def kept(
    session: Session,
    board: Body,
    who: Person,
    name: str = "Late ones",
    *,
    query: str = "late=1",
    is_shared: bool = False,
) -> SavedView:
    told = {"by": Actor(who.id, ChangeWay.BROWSER), "now": NOW}
    return saved_lists.save_view(session, board.id, who.id, name, query, is_shared=is_shared, **told)


def names(session: Session, board: Body, who: Person) -> list[str]:
    return [view.name for view in saved_lists.saved_views(session, board.id, who.id)]


def test_one_sees_the_own_and_the_shared(session: Session, board: Body, ana: Person) -> None:
    ben, park = make_person(session, "Ben Okri"), make_register(session, slug="park", name="Park")
    kept(session, board, ana)
    kept(session, board, ben, "For all", is_shared=True)
    kept(session, park, ana, "Elsewhere")
    assert names(session, board, ana) == ["For all", "Late ones"]
    assert names(session, board, ben) == ["For all"]


def test_what_a_merged_record_kept_is_still_there(session: Session, board: Body, ana: Person) -> None:
    twin = make_person(session, "A Silva", merged_into_id=ana.id)
    kept(session, board, twin)
    assert names(session, board, ana) == ["Late ones"]


@pytest.mark.parametrize(("name", "query"), [(" \n", "late=1"), ("late ONES", "late=1"), ("All", "")])
def test_no_name_a_second_one_or_a_list_of_everything_is_refused(
    session: Session, board: Body, ana: Person, name: str, query: str
) -> None:
    kept(session, board, ana)
    with pytest.raises(Refused):
        kept(session, board, ana, name, query=query)


def test_an_address_is_never_given_twice(session: Session, board: Body, ana: Person) -> None:
    first = kept(session, board, ana)
    saved_lists.delete_view(session, first, by=Actor(ana.id, ChangeWay.BROWSER), now=NOW)
    assert [kept(session, board, ana, name).slug for name in ("Late ones", "New", "未来")] == [
        "late-ones-2",
        "new-2",
        "x",
    ]


def test_a_deleted_view_comes_back_unless_its_name_is_in_use(session: Session, board: Body, ana: Person) -> None:
    view, told = kept(session, board, ana), {"by": Actor(ana.id, ChangeWay.BROWSER), "now": NOW}
    saved_lists.delete_view(session, view, **told)
    assert names(session, board, ana) == []
    saved_lists.restore_view(session, view, **told)
    assert names(session, board, ana) == ["Late ones"]
    saved_lists.delete_view(session, view, **told)
    kept(session, board, ana)
    with pytest.raises(Refused):
        saved_lists.restore_view(session, view, **told)


def test_renaming_keeps_the_address_and_the_name_apart_from_the_event(
    session: Session, board: Body, ana: Person
) -> None:
    view, told = kept(session, board, ana), {"by": Actor(ana.id, ChangeWay.BROWSER), "now": NOW}
    saved_lists.change_view(session, view, "Overdue", is_shared=True, seen_version=1, **told)
    assert (view.slug, view.name, view.is_shared, view.version) == ("late-ones", "Overdue", True, 2)
    event = session.exec(select(Event).where(Event.verb == "view changed")).one()
    assert event.body_id == board.id
    assert session.get_one(Wording, event.after["name"]["wording"]).text == "Overdue"


def test_who_saw_an_older_one_does_not_write_over_it(session: Session, board: Body, ana: Person) -> None:
    view, told = kept(session, board, ana), {"by": Actor(ana.id, ChangeWay.BROWSER), "now": NOW}
    saved_lists.change_view(session, view, "Overdue", is_shared=False, seen_version=1, **told)
    with pytest.raises(Stale):
        saved_lists.change_view(session, view, "Lately", is_shared=False, seen_version=1, **told)
