"""Changing an item: its words, its due rule, who may read it, its links."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session, col, select

from tests.factories import NOW, TODAY, make_item, make_milestone, make_person, make_register
from tracker.db import Sessions
from tracker.errors import Refused, Stale
from tracker.history import Actor, ChangeWay, Event
from tracker.history_queries import of_subject, wordings
from tracker.items import changes
from tracker.items.changes import DueRule
from tracker.items.create import ItemContent
from tracker.items.models import DueFrom, Follow, Item, ItemKind, ItemLink, LinkKind
from tracker.meetings.models import Visibility
from tracker.people.models import Body

BY = Actor(None, ChangeWay.BROWSER)


@pytest.fixture
def item(any_session: Session) -> Item:
    made = make_item(any_session, make_register(any_session))
    any_session.commit()
    return made


def last_event(session: Session) -> Event:
    return session.exec(select(Event).order_by(col(Event.id).desc())).first() or pytest.fail("no event")


def rename(session: Session, item: Item, title: str, seen_version: int = 1) -> None:
    content = replace(ItemContent.of(item), title=title)
    changes.edit(session, item, content, seen_version=seen_version, by=BY, now=NOW)


def set_due(session: Session, item: Item, rule: DueRule, reason: str = "") -> None:
    changes.set_due(session, item, rule, reason=reason, seen_version=item.version, by=BY, now=NOW)


def test_an_edit_tells_what_it_changed_and_nothing_else(any_session: Session, item: Item) -> None:
    rename(any_session, item, "Keep two archives")
    event = last_event(any_session)
    texts = wordings(any_session, [event])
    assert (event.verb, list(event.before), list(event.after)) == ("edited", ["title"], ["title"])
    assert texts[event.before["title"]["wording"]] == "Keep an archive"
    assert texts[event.after["title"]["wording"]] == "Keep two archives"


def test_an_edit_that_changes_nothing_leaves_nothing(any_session: Session, item: Item) -> None:
    rename(any_session, item, item.title)
    assert (last_event(any_session).verb, item.version) == ("made", 1)


def test_the_second_of_two_edits_is_refused_and_the_first_stays(any_session: Session, item: Item) -> None:
    rename(any_session, item, "First")
    with pytest.raises(Stale) as refusal:
        rename(any_session, item, "Second", seen_version=1)
    assert refusal.value.values == {"number": item.number}
    assert item.title == "First"


def test_two_sessions_do_not_lose_an_edit(any_sessions: Sessions) -> None:
    with any_sessions.writing() as session:
        number = make_item(session, make_register(session)).id
    with any_sessions.writing() as session:
        rename(session, session.get_one(Item, number), "First")
    with pytest.raises(Stale), any_sessions.writing() as session:
        rename(session, session.get_one(Item, number), "Second")
    with any_sessions.reader() as session:
        assert session.get_one(Item, number).title == "First"


def test_an_item_keeps_a_title(any_session: Session, item: Item) -> None:
    with pytest.raises(Refused) as refusal:
        rename(any_session, item, "  ")
    assert refusal.value.field == "title"


def test_a_condition_taken_out_is_no_longer_met(any_session: Session, item: Item) -> None:
    changes.edit(any_session, item, replace(ItemContent.of(item), condition="if"), seen_version=1, by=BY, now=NOW)
    changes.meet_condition(any_session, item, TODAY, by=BY, now=NOW)
    changes.edit(any_session, item, replace(ItemContent.of(item), condition=None), seen_version=3, by=BY, now=NOW)
    assert item.condition_met_on is None


def test_a_condition_is_met_once(any_session: Session, item: Item) -> None:
    with pytest.raises(Refused, match="no condition"):
        changes.meet_condition(any_session, item, TODAY, by=BY, now=NOW)
    rename(any_session, item, item.title)
    changes.edit(any_session, item, replace(ItemContent.of(item), condition="if"), seen_version=1, by=BY, now=NOW)
    changes.meet_condition(any_session, item, TODAY, by=BY, now=NOW)
    with pytest.raises(Refused, match="already"):
        changes.meet_condition(any_session, item, TODAY, by=BY, now=NOW)


def test_publishing_twice_is_told_once(any_session: Session, item: Item) -> None:
    changes.publish(any_session, item, by=BY, now=NOW)
    changes.publish(any_session, item, by=BY, now=NOW)
    assert item.visibility is Visibility.PUBLISHED
    assert [line.verb for line in of_subject(any_session, f"item:{item.id}")] == ["made", "published"]


def test_the_first_rule_promises_and_a_later_one_keeps_the_promise(any_session: Session, item: Item) -> None:
    set_due(any_session, item, DueRule(own_due_on=date(2013, 2, 14)))
    set_due(any_session, item, DueRule(own_due_on=date(2013, 3, 1)), reason="The venue was closed.")
    assert (item.own_due_on, item.promised_on) == (date(2013, 3, 1), date(2013, 2, 14))
    event = last_event(any_session)
    assert (event.before["due_on"], event.after["due_on"]) == ("2013-02-14", "2013-03-01")
    assert list(wordings(any_session, [event]).values()) == ["The venue was closed."]


def test_a_due_date_does_not_change_without_a_reason(any_session: Session, item: Item) -> None:
    set_due(any_session, item, DueRule(own_due_on=date(2013, 2, 14)))
    with pytest.raises(Refused) as refusal:
        set_due(any_session, item, DueRule(), reason=" ")
    assert refusal.value.field == "reason"


def test_a_rule_may_hang_from_a_milestone(any_session: Session, item: Item) -> None:
    board = make_register(any_session, slug="other")
    milestone = make_milestone(any_session, board)
    with pytest.raises(Refused) as refusal:
        set_due(any_session, item, DueRule(milestone_id=milestone.id))
    assert refusal.value.field == "milestone"
    milestone.body_id = item.body_id
    set_due(any_session, item, DueRule(milestone_id=milestone.id, offset_days=-14))
    assert (item.milestone_id, item.promised_on) == (milestone.id, date(2013, 2, 14))


def test_a_rule_counts_from_the_last_day_until_it_has_no_milestone(any_session: Session, item: Item) -> None:
    board = any_session.get_one(Body, item.body_id)
    milestone = make_milestone(any_session, board, starts_on=date(2013, 2, 28), ends_on=date(2013, 3, 1))
    set_due(any_session, item, DueRule(milestone_id=milestone.id, due_from=DueFrom.LAST_DAY))
    after = last_event(any_session).after
    assert (after["due_from"], after["due_on"]) == ("last-day", "2013-03-01")
    set_due(any_session, item, DueRule(due_from=DueFrom.LAST_DAY), reason="No date any more.")
    assert item.due_from is DueFrom.FIRST_DAY
    assert last_event(any_session).before["due_from"] == "last-day"


def test_a_rule_hangs_from_one_thing(any_session: Session, item: Item) -> None:
    with pytest.raises(Refused, match="not both"):
        set_due(any_session, item, DueRule(own_due_on=TODAY, milestone_id=1))


def test_a_link_is_told_in_both_histories(any_session: Session, item: Item) -> None:
    other = make_item(any_session, any_session.get_one(Body, item.body_id))
    changes.link(any_session, item, other, LinkKind.DEPENDS_ON, by=BY, now=NOW)
    changes.unlink(any_session, item, other, LinkKind.DEPENDS_ON, by=BY, now=NOW)
    assert [line.verb for line in of_subject(any_session, f"item:{item.id}")][1:] == ["linked", "unlinked"]
    assert [line.verb for line in of_subject(any_session, f"item:{other.id}")][1:] == ["linked from", "unlinked from"]
    assert any_session.exec(select(ItemLink)).all() == []


def test_an_item_is_linked_once_and_not_to_itself(any_session: Session, item: Item) -> None:
    other = make_item(any_session, any_session.get_one(Body, item.body_id))
    changes.link(any_session, item, other, LinkKind.REPEATS, by=BY, now=NOW)
    elsewhere = make_item(any_session, make_register(any_session, slug="elsewhere"))
    for again in (item, other, elsewhere):
        with pytest.raises(Refused):
            changes.link(any_session, item, again, LinkKind.REPEATS, by=BY, now=NOW)
    with pytest.raises(Refused):
        changes.unlink(any_session, item, other, LinkKind.REFINES, by=BY, now=NOW)


def test_following_is_in_the_persons_history_alone(any_session: Session, item: Item) -> None:
    ana = make_person(any_session)
    for verb in (changes.follow, changes.follow, changes.unfollow, changes.unfollow, changes.follow):
        verb(any_session, item, ana.id, by=BY, now=NOW)
    told = [line.verb for line in of_subject(any_session, f"person:{ana.id}")]
    assert [verb for verb in told if verb != "made"] == ["followed", "unfollowed", "followed"]
    assert len(any_session.exec(select(Follow)).all()) == 1
    assert len(of_subject(any_session, f"item:{item.id}")) == 1


def test_content_holds_what_the_edit_form_may_change_and_no_more() -> None:
    assert set(vars(ItemContent(title="x", kind=ItemKind.CALL))) == {
        "title", "kind", "text", "theme", "put_forward_by", "capacity", "capacity_of", "channel", "reported_by",
        "condition",
    }  # fmt: skip


def test_signs_that_nobody_sees_are_taken_out(any_session: Session, item: Item) -> None:
    rename(any_session, item, "Keep\u2028an\r\n \u202earchive\x00 ")
    assert item.title == "Keep an archive"
