"""What nobody has heard of for 30 days: the database finds what the rule finds."""

from datetime import timedelta

from sqlmodel import Session, select

from tests.factories import NOW, made, make_item, make_register
from tracker.items.models import Item, Progress
from tracker.items.status import QUIET_AFTER, has_no_news
from tracker.meetings.models import Visibility
from tracker.people.queries import STRANGER, Sight
from tracker.updates.models import Update
from tracker.updates.queries import last_news, no_news


def quiet(session: Session, sight: Sight) -> list[str]:
    return [item.title for item in session.exec(select(Item).where(no_news(NOW, sight)).order_by(Item.title))]


def test_the_database_finds_the_same_items_without_news_as_the_rule(any_session: Session) -> None:
    board = make_register(any_session)
    moments = {"old": NOW - QUIET_AFTER, "new": NOW - QUIET_AFTER + timedelta(seconds=1)}
    for progress in (Progress.WAITING, Progress.DONE):
        for begun, created in moments.items():
            for heard in (None, *moments):
                values = {"progress": progress, "created_at": created}
                item = make_item(any_session, board, title=f"{progress.value}, {begun}, heard {heard}", **values)
                if heard:
                    made(any_session, Update(item_id=item.id, made_at=moments[heard], note="x"))
    every = any_session.exec(select(Item)).all()
    sight = Sight(None, frozenset({board.id}), frozenset())
    news = last_news(any_session, [item.id for item in every], sight)
    by_rule = [item.title for item in every if has_no_news(item.progress, news.get(item.id, item.created_at), NOW)]
    assert quiet(any_session, sight) == sorted(by_rule)
    assert len(by_rule) == 3


def test_a_note_that_one_may_not_read_is_no_news(any_session: Session) -> None:
    board = make_register(any_session)
    item = make_item(any_session, board, created_at=NOW - QUIET_AFTER, visibility=Visibility.PUBLISHED)
    made(any_session, Update(item_id=item.id, made_at=NOW, note="Among us"))
    assert quiet(any_session, STRANGER) == ["Keep an archive"]
    assert last_news(any_session, [item.id], STRANGER) == {}
