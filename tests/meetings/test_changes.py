"""Meetings and milestones are written with their history; days stay in order."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session

from tests.factories import NOW, SYSTEM, make_register
from tracker.errors import Refused, Stale
from tracker.history_queries import of_subject
from tracker.meetings.changes import (
    MeetingDetails,
    MilestoneDetails,
    add_meeting,
    add_milestone,
    edit_meeting,
    rename_milestone,
    set_visibility,
)
from tracker.meetings.models import Visibility
from tracker.people.models import Body

STOCK = MeetingDetails("Taking stock", date(2012, 11, 9), date(2012, 11, 9), place="Baku")
FEBRUARY = MilestoneDetails("February consultations", date(2013, 2, 28), date(2013, 3, 1))


def number(body: Body) -> int:
    return body.id


def test_a_new_meeting_is_for_its_own_people(any_session: Session) -> None:
    meeting = add_meeting(any_session, number(make_register(any_session)), STOCK, by=SYSTEM, now=NOW)
    any_session.commit()
    assert (meeting.slug, meeting.visibility) == ("taking-stock", Visibility.INTERNAL)


def test_a_slug_is_free_again_in_another_register(session: Session) -> None:
    first = add_meeting(session, number(make_register(session)), STOCK, by=SYSTEM, now=NOW)
    other = make_register(session, slug="other")
    assert add_meeting(session, number(other), STOCK, by=SYSTEM, now=NOW).slug == first.slug


def test_a_second_meeting_of_that_title_gets_the_next_slug(session: Session) -> None:
    board = number(make_register(session))
    slugs = [add_meeting(session, board, STOCK, by=SYSTEM, now=NOW).slug for _ in range(3)]
    assert slugs == ["taking-stock", "taking-stock-2", "taking-stock-3"]


@pytest.mark.parametrize("slug", ["taking-stock", "Taking Stock"])
def test_a_given_slug_must_be_free_and_plain(session: Session, slug: str) -> None:
    board = number(make_register(session))
    add_meeting(session, board, STOCK, by=SYSTEM, now=NOW)
    with pytest.raises(Refused):
        add_meeting(session, board, STOCK, slug=slug, by=SYSTEM, now=NOW)


def test_days_out_of_order_are_refused_with_their_field(session: Session) -> None:
    with pytest.raises(Refused) as refusal:
        add_milestone(session, 1, replace(FEBRUARY, ends_on=date(2013, 2, 27)), by=SYSTEM, now=NOW)
    assert refusal.value.field == "ends_on"


def test_a_title_of_unseen_signs_is_refused(session: Session) -> None:
    with pytest.raises(Refused) as refusal:
        add_meeting(session, 1, replace(STOCK, title=" \u200b"), by=SYSTEM, now=NOW)
    assert refusal.value.field == "title"


def test_an_edited_meeting_says_what_differs(any_session: Session) -> None:
    meeting = add_meeting(any_session, number(make_register(any_session)), STOCK, by=SYSTEM, now=NOW)
    edit_meeting(any_session, meeting, replace(STOCK, place="Bali"), version=1, by=SYSTEM, now=NOW)
    any_session.commit()
    line = of_subject(any_session, f"meeting:{meeting.id}")[-1]
    assert (line.before, line.after) == ({"place": "Baku"}, {"place": "Bali"})


def test_an_edit_of_an_older_version_is_stale(session: Session) -> None:
    meeting = add_meeting(session, number(make_register(session)), STOCK, by=SYSTEM, now=NOW)
    edit_meeting(session, meeting, replace(STOCK, place="Bali"), version=1, by=SYSTEM, now=NOW)
    with pytest.raises(Stale):
        edit_meeting(session, meeting, STOCK, version=1, by=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("visibility", "verb"), [(Visibility.PUBLISHED, "published"), (Visibility.INTERNAL, "withdrawn")]
)
def test_what_is_published_is_in_the_history(session: Session, visibility: Visibility, verb: str) -> None:
    meeting = add_meeting(session, number(make_register(session)), STOCK, by=SYSTEM, now=NOW)
    set_visibility(session, meeting, Visibility.PUBLISHED, by=SYSTEM, now=NOW)
    set_visibility(session, meeting, visibility, by=SYSTEM, now=NOW)
    assert of_subject(session, f"meeting:{meeting.id}")[-1].verb == verb


def test_a_renamed_milestone_keeps_its_days(any_session: Session) -> None:
    milestone = add_milestone(any_session, number(make_register(any_session)), FEBRUARY, by=SYSTEM, now=NOW)
    rename_milestone(any_session, milestone, "Paris consultations", "Paris", version=1, by=SYSTEM, now=NOW)
    any_session.commit()
    assert (milestone.title, milestone.starts_on) == ("Paris consultations", FEBRUARY.starts_on)


def test_renaming_an_older_version_is_stale(session: Session) -> None:
    milestone = add_milestone(session, number(make_register(session)), FEBRUARY, by=SYSTEM, now=NOW)
    with pytest.raises(Stale):
        rename_milestone(session, milestone, "Paris", None, version=7, by=SYSTEM, now=NOW)
