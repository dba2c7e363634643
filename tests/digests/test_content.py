"""What each one hears, and for which reason: from rows to the content of a digest."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import Session

from tests.digests.stage import MONDAY, SINCE, Stage, make_stage, steward_of, waiting_for
from tests.factories import make_item, make_milestone, make_register, make_term
from tracker.digests.event_windows import Window
from tracker.digests.make_digests import content_for
from tracker.digests.parts import DigestContent, SectionKind, What, as_plain, from_plain
from tracker.digests.reader import reader_of
from tracker.items import changes as items
from tracker.items import closing_views, ownership, responses
from tracker.items.models import Item, Progress, ProposerView
from tracker.items.party_models import OwnerState, ResponseState
from tracker.items.responses import Response
from tracker.meetings.models import Visibility
from tracker.people.models import Person, Role
from tracker.updates import changes as updates


@pytest.fixture
def stage(any_session: Session) -> Stage:
    return make_stage(any_session)


def heard(stage: Stage, person: Person | None = None, only: frozenset[int] | None = None) -> DigestContent:
    stage.session.flush()
    reader = reader_of(stage.session, person or stage.ana, MONDAY, only)
    return content_for(stage.session, reader, Window(SINCE, MONDAY), only)


def titles(content: DigestContent, kind: SectionKind) -> list[str]:
    section = content.section(kind)
    return [line.title for line in section.lines] if section else []


def told(content: DigestContent, item: Item) -> list[What]:
    return [
        change.what
        for section in content.sections
        for line in section.lines
        if line.item_id == item.id
        for change in line.changes
    ]


def test_who_has_nothing_to_hear_gets_nothing(stage: Stage) -> None:
    stage.item("Nobody's yet")
    assert heard(stage).is_empty


def test_what_they_own_is_overdue_once_late(stage: Stage) -> None:
    stage.overdue("Late")
    stage.item("Ben's and late", stage.ben, own_due_on=date(2012, 11, 8))
    assert titles(heard(stage), SectionKind.OVERDUE) == ["Late"]


def test_what_is_due_today_is_not_late(stage: Stage) -> None:
    stage.item("Today", stage.ana, own_due_on=date(2012, 11, 12))
    assert titles(heard(stage), SectionKind.DUE) == ["Today"]


def test_what_is_due_up_to_the_next_milestone_comes_next(stage: Stage) -> None:
    stage.coming("On the day")
    stage.coming("A day later", offset_days=1)
    section = heard(stage).section(SectionKind.DUE)
    assert section
    assert [line.title for line in section.lines] == ["On the day"]
    assert (section.until, section.milestone) == (date(2013, 2, 28), "February consultations")


def test_without_a_milestone_ahead_four_weeks_are_looked_at(stage: Stage) -> None:
    stage.february.tentative = True
    stage.item("In four weeks", stage.ana, own_due_on=date(2012, 12, 10))
    stage.item("Later", stage.ana, own_due_on=date(2012, 12, 11))
    assert titles(heard(stage), SectionKind.DUE) == ["In four weeks"]


@pytest.mark.parametrize("values", [{"progress": Progress.DONE}, {"condition": "if funds are found"}])
def test_what_is_closed_or_waits_for_a_condition_is_not_asked_for(stage: Stage, values: dict[str, object]) -> None:
    stage.overdue(**values)
    stage.coming(**values)
    assert heard(stage).is_empty


def test_a_body_s_item_is_told_to_whoever_answers_for_it(stage: Stage) -> None:
    item = stage.item("The hosts' item", own_due_on=date(2012, 11, 8))
    hosts = steward_of(stage.session, "hosts", stage.ana)
    ownership.accept_ownership(
        stage.session,
        ownership.request_to_own(stage.session, item, hosts.id, by=stage.by(stage.sara), now=MONDAY),
        by=stage.by(stage.ana),
        now=MONDAY,
    )
    assert titles(heard(stage), SectionKind.OVERDUE) == ["The hosts' item"]


def test_a_request_to_own_is_told_with_its_words(stage: Stage) -> None:
    item = stage.item("Take this")
    proposer = stage.by(stage.sara)
    ownership.request_to_own(stage.session, item, stage.party(stage.ana), message="Please?", by=proposer, now=MONDAY)
    section = heard(stage).section(SectionKind.REQUESTED)
    assert section
    [line] = section.lines
    assert line.request
    assert (line.request.requested_by, line.request.message) == ("Sara Lind", "Please?")


def test_a_request_that_was_answered_is_not_told_again(stage: Stage) -> None:
    stage.owned(stage.item("Declined"), stage.ana, OwnerState.DECLINED)
    assert heard(stage).is_empty


def test_what_waits_for_the_reader_is_told_though_another_owns_it(stage: Stage) -> None:
    stage.item("Waits for Ana", stage.ben, **waiting_for(stage.party(stage.ana)))
    assert titles(heard(stage), SectionKind.WAITING) == ["Waits for Ana"]


def test_what_was_put_to_the_reader_waits_for_an_answer(stage: Stage) -> None:
    item = stage.item("Put to Ana")
    stage.addressee(item, stage.ana, ResponseState.SENT)
    stage.addressee(stage.item("Not yet put"), stage.ana, ResponseState.NOT_YET_SENT)
    assert titles(heard(stage), SectionKind.WAITING) == ["Put to Ana"]


def test_an_item_is_told_once_for_its_most_pressing_reason(stage: Stage) -> None:
    item = stage.overdue()
    items.follow(stage.session, item, stage.ana.id, by=stage.by(stage.ana), now=MONDAY)
    updates.record(stage.session, item, stage.ben, "Half of it is there", by=stage.by(stage.ben), now=MONDAY)
    content = heard(stage)
    assert [section.kind for section in content.sections] == [SectionKind.OVERDUE]
    assert told(content, item) == [What.NOTE]


def progress(stage: Stage, item: Item) -> None:
    by = stage.by(stage.ben)
    updates.record(stage.session, item, stage.ben, "", progress=Progress.IN_PROGRESS, by=by, now=MONDAY)


def note(stage: Stage, item: Item) -> None:
    updates.record(stage.session, item, stage.ben, "A note", by=stage.by(stage.ben), now=MONDAY)


def response(stage: Stage, item: Item) -> None:
    by = stage.by(stage.sara)
    addressee = responses.name_addressee(stage.session, item, stage.party(stage.sara), by=by, now=MONDAY)
    answer = Response(ResponseState.TAKEN_UP, "Sara", date(2012, 11, 10))
    responses.record_response(stage.session, addressee, answer, by=by, now=MONDAY)


def proposer(stage: Stage, item: Item) -> None:
    item.progress = Progress.DONE
    stage.session.flush()
    by = stage.by(stage.ben)
    closing_views.record_closing_view(stage.session, item, ProposerView.DISPUTES, message="Not yet", by=by, now=MONDAY)


def taken(stage: Stage, item: Item) -> None:
    by = stage.by(stage.ben)
    request = ownership.request_to_own(stage.session, item, stage.party(stage.ben), by=by, now=MONDAY)
    ownership.accept_ownership(stage.session, request, by=by, now=MONDAY)


def declined(stage: Stage, item: Item) -> None:
    by = stage.by(stage.ben)
    request = ownership.request_to_own(stage.session, item, stage.party(stage.ben), by=by, now=MONDAY)
    ownership.decline_request(stage.session, request, by=by, now=MONDAY)


def due(stage: Stage, item: Item) -> None:
    rule = items.DueRule(own_due_on=date(2014, 1, 1))
    items.set_due(stage.session, item, rule, seen_version=item.version, by=stage.by(stage.sara), now=MONDAY)


@pytest.mark.parametrize(
    ("happens", "what"),
    [
        (progress, What.PROGRESS),
        (note, What.NOTE),
        (response, What.RESPONSE),
        (proposer, What.PROPOSER),
        (taken, What.TAKEN),
        (declined, What.DECLINED),
        (due, What.DUE),
    ],
)
def test_what_happened_to_an_item_they_follow_is_told(
    stage: Stage, happens: Callable[[Stage, Item], None], what: What
) -> None:
    item = stage.item()
    items.follow(stage.session, item, stage.ana.id, by=stage.by(stage.ana), now=MONDAY)
    happens(stage, item)
    assert told(heard(stage), item) == [what]


def test_a_disputed_closing_is_told_as_such_whatever_else_happened(stage: Stage) -> None:
    item = stage.item(owner=stage.ana, progress=Progress.DONE, proposer_view=ProposerView.DISPUTES)
    note(stage, item)
    [line] = heard(stage).sections[0].lines
    assert line.is_disputed


def test_what_they_did_themselves_is_no_news_to_them(stage: Stage) -> None:
    item = stage.item(owner=stage.ana)
    updates.record(stage.session, item, stage.ana, "Done so far", by=stage.by(stage.ana), now=MONDAY)
    assert heard(stage).is_empty


def test_what_others_do_to_what_they_have_nothing_to_do_with_is_not_told(stage: Stage) -> None:
    note(stage, stage.item())
    assert heard(stage).is_empty


def test_the_secretariat_hears_of_every_change_in_its_register(stage: Stage) -> None:
    item = stage.item()
    note(stage, item)
    assert told(heard(stage, stage.sara), item) == [What.NOTE]


def test_whoever_put_it_forward_hears_what_becomes_of_it(stage: Stage) -> None:
    item = stage.item(put_forward_by=stage.party(stage.ana))
    progress(stage, item)
    assert told(heard(stage), item) == [What.PROGRESS]


@pytest.mark.parametrize("at", [SINCE, MONDAY + timedelta(seconds=1)])
def test_what_happened_outside_the_window_belongs_to_another_digest(stage: Stage, at: object) -> None:
    item = stage.item(put_forward_by=stage.party(stage.ana))
    updates.record(stage.session, item, stage.ben, "A note", by=stage.by(stage.ben), now=at)  # type: ignore[arg-type]
    assert heard(stage).is_empty


def test_steps_there_and_back_are_no_change(stage: Stage) -> None:
    item = stage.item(put_forward_by=stage.party(stage.ana), progress=Progress.IN_PROGRESS)
    by = stage.by(stage.ben)
    updates.record(stage.session, item, stage.ben, "Printed", progress=Progress.DONE, by=by, now=MONDAY)
    updates.record(stage.session, item, stage.ben, "Not so", progress=Progress.IN_PROGRESS, by=by, now=MONDAY)
    assert told(heard(stage), item) == [What.NOTE, What.NOTE]


def test_a_note_is_told_in_plain_words(stage: Stage) -> None:
    item, by = stage.item(owner=stage.ana), stage.by(stage.sara)
    note = "- **Wrote** to the [hall](https://example.org/hall)\n- 3 < 4 " + "*" * 300
    updates.record(stage.session, item, stage.sara, note, by=by, now=MONDAY)
    [line] = heard(stage).sections[-1].lines
    assert line.changes[0].note is not None
    assert line.changes[0].note.startswith("Wrote to the hall 3 < 4")


def test_a_note_taken_back_is_not_told(stage: Stage) -> None:
    item = stage.item(put_forward_by=stage.party(stage.ana))
    by = stage.by(stage.ben)
    update = updates.record(stage.session, item, stage.ben, "A slip", by=by, now=MONDAY)
    updates.undo_update(stage.session, update, stage.ben, by=by, now=MONDAY)
    assert heard(stage).is_empty


def test_an_internal_note_is_not_told_outside_the_register(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    item = make_item(stage.session, park, visibility=Visibility.PUBLISHED)
    items.follow(stage.session, item, stage.ana.id, by=stage.by(stage.ana), now=MONDAY)
    note(stage, item)
    progress(stage, item)
    assert told(heard(stage), item) == [What.PROGRESS]


def test_internal_words_beside_an_act_are_not_told_outside_the_register(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    item, free = (make_item(stage.session, park, visibility=Visibility.PUBLISHED) for _ in range(2))
    for followed in (item, free):
        items.follow(stage.session, followed, stage.ana.id, by=stage.by(stage.ana), now=MONDAY)
    by = stage.by(stage.sara)
    rule = items.DueRule(own_due_on=date(2014, 1, 1))
    items.set_due(stage.session, item, rule, reason="They quarrel", seen_version=item.version, by=by, now=MONDAY)
    request = ownership.request_to_own(stage.session, free, stage.party(stage.ben), by=by, now=MONDAY)
    ownership.decline_request(stage.session, request, message="I cannot bear it", by=by, now=MONDAY)
    changes = [change for section in heard(stage).sections for line in section.lines for change in line.changes]
    assert [(change.what, change.note) for change in changes] == [(What.DUE, None), (What.DECLINED, None)]


def test_an_internal_item_of_a_register_they_have_left_is_not_told(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    stage.owned(make_item(stage.session, park, own_due_on=date(2012, 11, 8)), stage.ana)
    assert heard(stage).is_empty


def test_one_digest_covers_all_registers_and_says_where_each_item_is(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    make_term(stage.session, stage.ana, park, Role.MEMBER)
    stage.owned(make_item(stage.session, park, title="Plant trees", number=3, own_due_on=date(2012, 11, 9)), stage.ana)
    stage.overdue(number=14)
    bodies = heard(stage).bodies
    assert [body.register.name for body in bodies] == ["Library Board", "Park Board"]
    paths = [[line.path for section in body.sections for line in section.lines] for body in bodies]
    assert paths == [["/items/14"], ["/b/park-board/items/3"]]


def test_a_preview_is_narrowed_to_the_registers_of_whoever_looks(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    make_term(stage.session, stage.ana, park, Role.MEMBER)
    stage.overdue()
    assert heard(stage, only=frozenset({park.id})).is_empty


def test_a_moved_milestone_is_told_with_what_moves(stage: Stage) -> None:
    stage.coming(number=7)
    stage.move(stage.february, date(2013, 3, 4))
    [move] = heard(stage).moved
    assert (move.before, move.after, move.items) == (date(2013, 2, 28), date(2013, 3, 4), (7,))


def test_a_milestone_moved_there_and_back_has_not_moved(stage: Stage) -> None:
    for day in (date(2013, 3, 4), date(2013, 2, 28)):
        stage.move(stage.february, day)
    assert heard(stage).moved == ()


def test_another_register_s_milestone_is_none_of_theirs(stage: Stage) -> None:
    park = make_register(stage.session, slug="park-board", name="Park Board")
    stage.move(make_milestone(stage.session, park), date(2013, 3, 4))
    assert heard(stage).is_empty


def test_a_long_section_says_how_many_there_are(stage: Stage) -> None:
    for number in range(15):
        stage.overdue(f"Late {number}")
    section = heard(stage).section(SectionKind.OVERDUE)
    assert section
    assert (len(section.lines), section.total) == (12, 15)


def test_content_is_kept_and_read_back_whole(stage: Stage) -> None:
    note(stage, stage.overdue())
    stage.coming()
    stage.move(stage.february, date(2013, 3, 4))
    content = heard(stage)
    assert from_plain(as_plain(content)) == content


def test_what_an_earlier_edition_kept_still_opens() -> None:
    register = {"name": "Library Board", "slug": "library-board", "path": ""}
    line = {"item_id": 3, "number": 3, "title": "Late", "register": register, "progress": "not-started"}
    line |= {"put_forward_by": None, "due": "2012-11-08", "days": -4, "request": {"requested_by": None, "message": "?"}}
    move = {"title": "Call", "register": register, "before": "2012-11-08", "after": "2012-11-09", "items": [3]}
    section = {"kind": "requested", "lines": [line], "total": 1, "until": None, "milestone": None}
    kept = {"reader": "Ana", "day": "2012-11-12", "sections": [section], "moved": [move], "since": None, "turned": []}
    content = from_plain(kept)
    assert [body.register.slug for body in content.bodies] == ["library-board"]
    assert titles(content, SectionKind.REQUESTED) == ["Late"]
    assert (content.stages, content.is_empty) == ({}, False)


@pytest.mark.parametrize(("zone", "late"), [("Pacific/Auckland", True), ("America/Los_Angeles", False)])
@pytest.mark.parametrize("own", ["Pacific/Auckland", "America/Los_Angeles"])
def test_what_is_due_goes_by_the_day_of_the_register(stage: Stage, zone: str, late: bool, own: str) -> None:
    stage.board.timezone, stage.ana.timezone = zone, own
    stage.item("Lend tools", stage.ana, own_due_on=date(2012, 11, 12))
    evening = MONDAY.replace(hour=23, minute=30)  # Tuesday in Auckland, Monday in Los Angeles
    stage.session.flush()
    content = content_for(stage.session, reader_of(stage.session, stage.ana, evening), Window(SINCE, evening))
    kind = SectionKind.OVERDUE if late else SectionKind.DUE
    section = content.section(kind)
    assert section is not None
    assert [line.days for line in section.lines] == [-1 if late else 0]
