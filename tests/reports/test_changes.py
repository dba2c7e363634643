"""Issuing: numbered, compared, frozen on both databases, and recomputable from the history."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from tests.factories import NOW, make_meeting, make_milestone, make_passage, make_transcript
from tests.reports.registers import SYSTEM, TODAY, Register, minutes
from tracker.errors import Refused
from tracker.history import leave
from tracker.history_queries import of_subject, wordings
from tracker.items.changes import publish, unpublish
from tracker.items.models import ItemPassage, Progress
from tracker.meetings.changes import set_visibility
from tracker.meetings.models import Visibility
from tracker.reports.changes import issue, reissue_without
from tracker.reports.drafts import draft, recompute
from tracker.reports.models import Report
from tracker.reports.progress import headline
from tracker.reports.queries import PUBLIC, internal_report_ids, issued, latest, latest_before, version, versions
from tracker.reports.snapshot import Scope, from_json
from tracker.updates.changes import record

LATER = NOW + timedelta(days=30)


def issued_by(register: Register, now: object = NOW, **values: object) -> Report:
    defaults = {"as_of": TODAY, "by": SYSTEM, "now": now}
    return issue(register.session, register.milestone, **{**defaults, **values})


def test_reports_of_a_milestone_are_numbered_from_one(session: Session) -> None:
    register = Register(session)
    assert [issued_by(register).number, issued_by(register, reason="a date was wrong").number] == [1, 2]


def test_each_milestone_counts_its_own(session: Session) -> None:
    register = Register(session)
    issued_by(register)
    assert issue(session, register.later, as_of=TODAY, by=SYSTEM, now=NOW).number == 1


def test_issuing_leaves_its_line_of_history(session: Session) -> None:
    report = issued_by(Register(session), reason="a date was wrong")
    (line,) = of_subject(session, report.history_key())
    assert (line.verb, line.after["number"]) == ("issued", 1)
    assert wordings(session, [line])[line.after["reason"]["wording"]] == "a date was wrong"


@pytest.mark.parametrize("statement", ["UPDATE report SET reason = 'x'", "DELETE FROM report"])
def test_an_issued_report_cannot_be_changed(any_session: Session, statement: str) -> None:
    issued_by(Register(any_session))
    any_session.commit()
    with pytest.raises(DatabaseError, match="append-only"):
        any_session.execute(sa.text(statement))


def test_what_happens_later_does_not_reach_an_issued_report(any_session: Session) -> None:
    register = Register(any_session)
    report = issued_by(register)
    then = dict(report.picture)
    record(any_session, register.item, register.ana, "finished", progress=Progress.DONE, by=SYSTEM, now=LATER)
    any_session.commit()
    any_session.expire_all()
    assert report.picture == then


def test_the_figures_can_be_recomputed_from_the_history(any_session: Session) -> None:
    register, moments = Register(any_session), minutes()
    lives = list(register.life())
    for happens in lives[:12]:
        happens(next(moments))
    report = issued_by(register)
    for happens in lives[12:]:
        happens(next(moments))
    again = recompute(any_session, register.body, report)
    assert headline(again.entries, report.as_of) == headline(from_json(report.picture).entries, report.as_of)
    assert headline(draft_of(register).entries, TODAY) != headline(again.entries, TODAY)


def draft_of(register: Register, as_of: date = TODAY, scope: Scope = Scope.PUBLISHED) -> object:
    return draft(register.session, register.body, register.milestone, as_of=as_of, now=LATER, scope=scope)


def test_an_earlier_day_is_shown_as_it_was(session: Session) -> None:
    register = Register(session)
    record(session, register.item, register.ana, "finished", progress=Progress.DONE, by=SYSTEM, now=LATER)
    progress = [draft_of(register, day).entries[0].progress for day in (TODAY, LATER.date())]
    assert progress == [Progress.NOT_STARTED, Progress.DONE]


def test_an_earlier_day_shows_no_item_that_was_withdrawn_since(any_session: Session) -> None:
    register = Register(any_session)
    register.begin(title="Count the books")
    unpublish(any_session, register.item, by=SYSTEM, now=LATER)
    assert [entry.title for entry in draft_of(register).entries] == ["Count the books"]
    assert len(draft_of(register, scope=Scope.INTERNAL).entries) == 2


def test_an_earlier_day_shows_no_item_that_was_published_only_later(any_session: Session) -> None:
    register = Register(any_session)
    publish(any_session, register.begin(visibility=Visibility.INTERNAL), by=SYSTEM, now=LATER)
    assert len(draft_of(register).entries) == 1
    assert len(draft_of(register, LATER.date()).entries) == 2


def test_an_earlier_day_quotes_no_meeting_that_was_published_only_later(any_session: Session) -> None:
    register = Register(any_session)
    meeting = make_meeting(any_session, register.body)
    passage = make_passage(any_session, make_transcript(any_session, meeting, "MS ONE: Buy lamps."), "Buy lamps.")
    any_session.add(ItemPassage(item_id=register.item.id, passage_id=passage.id))
    set_visibility(any_session, meeting, Visibility.PUBLISHED, by=SYSTEM, now=LATER)
    quoted = [draft_of(register, day).entries[0].quotes[0].words for day in (TODAY, LATER.date())]
    assert quoted == [None, "Buy lamps."]


def test_an_item_withdrawn_since_stays_in_the_figures_of_a_report_that_is_recomputed(session: Session) -> None:
    register = Register(session)
    report = issued_by(register)
    unpublish(session, register.item, by=SYSTEM, now=LATER)
    assert len(recompute(session, register.body, report).entries) == 1


def test_a_day_to_come_is_refused(session: Session) -> None:
    with pytest.raises(Refused, match="still to come"):
        issued_by(Register(session), as_of=TODAY + timedelta(days=1))


def test_today_is_the_day_where_the_body_is(session: Session) -> None:
    register = Register(session)
    register.body.timezone = "Pacific/Kiritimati"  # 14 hours ahead: 08:00 in UTC is 22:00 there
    assert issued_by(register, now=NOW + timedelta(hours=3), as_of=TODAY + timedelta(days=1)).number == 1


def test_a_report_of_nothing_is_refused(session: Session) -> None:
    with pytest.raises(Refused, match="no item on that day"):
        issued_by(Register(session), as_of=TODAY - timedelta(days=30))


def test_where_nothing_is_published_the_report_is_internal(any_session: Session) -> None:
    register = Register(any_session)
    unpublish(any_session, register.item, by=SYSTEM, now=NOW)
    report = issued_by(register)
    assert (report.is_internal, report.number, len(report.picture["entries"])) == (True, 1, 1)
    assert latest(any_session, register.milestone.id, PUBLIC) is None
    assert internal_report_ids(any_session, register.body.id) == {report.id}


def test_public_is_compared_with_public_and_internal_with_internal(any_session: Session) -> None:
    register = Register(any_session)
    issued_by(register)
    issued_by(register, scope=Scope.INTERNAL)
    for scope, number in ((Scope.PUBLISHED, 1), (Scope.INTERNAL, 2)):
        previous = draft_of(register, LATER.date(), scope).previous
        assert previous is not None
        assert previous.number == number


def test_a_report_is_compared_with_the_last_one_of_an_earlier_day(session: Session) -> None:
    register = Register(session)
    issued_by(register)
    gone = register.item
    register.begin(title="Count the books")
    unpublish(session, gone, by=SYSTEM, now=LATER)
    report = issue(session, register.later, as_of=LATER.date(), by=SYSTEM, now=LATER)
    previous = from_json(report.picture).previous
    assert previous is not None
    assert (previous.milestone, previous.number, previous.figures["items"]) == ("feb-2013-consultations", 1, 1)
    # It was public, and is not: its number stays.
    assert [(item.number, item.title) for item in previous.changes.gone] == [(gone.number, "")]


def test_a_second_version_of_the_same_day_is_compared_with_nothing(session: Session) -> None:
    register = Register(session)
    issued_by(register)
    assert from_json(issued_by(register).picture).previous is None


def test_an_internal_draft_is_not_compared_with_a_public_report(session: Session) -> None:
    register = Register(session)
    issued_by(register)
    assert draft_of(register, LATER.date(), Scope.INTERNAL).previous is None


def test_an_erasure_makes_a_new_version_that_says_so(any_session: Session) -> None:
    register = Register(any_session)
    register.item.put_forward_by = register.party(register.ana)
    leave(any_session, register.item, "noted", by=SYSTEM, now=NOW)
    first = issued_by(register)
    second = reissue_without(
        any_session, first, register.ana.id, "name erased", reason="A name was erased.", by=SYSTEM, now=LATER
    )
    assert (second.number, second.as_of, second.reason) == (2, first.as_of, "A name was erased.")
    assert "Ana Silva" in str(first.picture)
    assert "Ana Silva" not in str(second.picture)


def test_reports_are_found_again(session: Session) -> None:
    register = Register(session)
    first, second = issued_by(register), issued_by(register, now=LATER, as_of=LATER.date())
    other = make_milestone(session, register.body, slug="bali", title="Bali")
    assert [report.number for report in versions(session, register.milestone.id)] == [2, 1]
    assert latest(session, register.milestone.id) is second
    assert version(session, register.milestone.id, 1) is first
    assert latest(session, other.id) is None
    assert [report for report, _ in issued(session, register.body.id)] == [second, first]


@pytest.mark.parametrize(("day", "number"), [(TODAY, None), (TODAY + timedelta(days=1), 1), (date(2014, 1, 1), 2)])
def test_the_report_before_is_of_an_earlier_day(session: Session, day: date, number: int | None) -> None:
    register = Register(session)
    issued_by(register)
    issued_by(register, now=LATER, as_of=LATER.date())
    found = latest_before(session, register.body.id, day)
    assert (found and found[0].number) == number
