"""What is in a picture: published items, names as they are, passages with their words where these are public."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.factories import (
    NOW,
    made,
    make_addressee,
    make_item,
    make_meeting,
    make_milestone,
    make_ownership,
    make_person,
    make_register,
    make_term,
    party_of,
)
from tests.reports.registers import SYSTEM, TODAY, Register
from tracker.history import leave
from tracker.items.models import ItemPassage, Progress
from tracker.items.party_models import Position, Stance
from tracker.items.party_names import stand_ins
from tracker.items.queries import everything
from tracker.meetings.models import Visibility
from tracker.people.models import Body, Party
from tracker.people.queries import Sight
from tracker.reports.past_state import last_event
from tracker.reports.progress import standing
from tracker.reports.snapshot import Picture, ReportedItem, ReportStanding, Scope
from tracker.reports.take_snapshot import SnapshotRequest, take
from tracker.transcripts.models import Passage, Transcript, Turn

WORDS = "Good morning. We should keep an archive. Thank you."


def picture(register: Register, scope: Scope = Scope.PUBLISHED, as_of: date = TODAY, **values: bool) -> Picture:
    register.session.flush()
    return take(
        register.session, register.body, SnapshotRequest("may", as_of, last_event(register.session), scope, **values)
    )


def only(register: Register, scope: Scope = Scope.PUBLISHED) -> ReportedItem:
    (entry,) = picture(register, scope).entries
    return entry


def test_a_public_picture_leaves_internal_items_out_and_counts_them(session: Session) -> None:
    register = Register(session)
    register.begin(title="Secret", visibility=Visibility.INTERNAL)
    found = picture(register)
    assert [entry.title for entry in found.entries] == ["Keep an archive"]
    assert found.left_out == 1


def test_an_internal_picture_holds_them_and_says_which(session: Session) -> None:
    register = Register(session)
    register.begin(title="Secret", visibility=Visibility.INTERNAL)
    found = picture(register, Scope.INTERNAL)
    assert [entry.is_internal for entry in found.entries] == [False, True]


def test_a_public_picture_holds_no_milestone_that_only_internal_items_hang_from(session: Session) -> None:
    register = Register(session)
    retreat = make_milestone(session, register.body, slug="retreat", title="A retreat")
    register.begin(title="Secret", visibility=Visibility.INTERNAL, milestone_id=retreat.id)
    assert "retreat" not in {point.slug for point in picture(register).points}
    assert "feb-2013-consultations" in {point.slug for point in picture(register).points}
    assert "retreat" in {point.slug for point in picture(register, Scope.INTERNAL).points}


def test_a_picture_is_of_one_register(any_session: Session) -> None:
    register = Register(any_session)
    other = make_register(any_session, slug="city-council", name="City Council")
    make_item(any_session, other, title="Not ours", visibility=Visibility.PUBLISHED)
    assert [entry.title for entry in picture(register).entries] == ["Keep an archive"]


def test_due_days_follow_the_rule(session: Session) -> None:
    register = Register(session, offset_days=-14)
    assert (only(register).due_on, only(register).milestone) == (date(2013, 2, 14), "feb-2013-consultations")


@pytest.mark.parametrize("as_of", [date(2013, 2, 28), date(2013, 3, 1)])
@pytest.mark.parametrize("condition", [None, "if money is found"])
@pytest.mark.parametrize("progress", Progress)
def test_overdue_means_the_same_as_in_the_lists(
    session: Session, progress: Progress, condition: str | None, as_of: date
) -> None:
    register = Register(session, progress=progress, condition=condition)
    sight = Sight(None, frozenset([register.body.id]), frozenset())
    (line,) = everything(session, register.body.id, sight, today=as_of)
    assert (standing(only(register), as_of) is ReportStanding.OVERDUE) == line.is_overdue


def test_a_person_who_owns_counts_for_the_body_they_serve_in(session: Session) -> None:
    register = Register(session)
    committee = made(session, Body(slug="committee", name="Committee", parent_id=register.body.id))
    make_term(session, register.ana, committee)
    make_ownership(session, register.item, party_of(session, register.ana))
    assert picture(register).name(only(register).owner) == "Committee"


@pytest.mark.parametrize("owner_is_keeper", [True, False], ids=["keeper", "merged"])
def test_a_term_of_a_merged_record_counts_for_the_owner(any_session: Session, owner_is_keeper: bool) -> None:
    register = Register(any_session)
    committee = made(any_session, Body(slug="committee", name="Committee", parent_id=register.body.id))
    owner = make_person(any_session, "Ben Okafor")
    other = make_person(any_session, "Ben Okafor", email=None)
    make_term(any_session, other, committee)
    merged, keeper = (other, owner) if owner_is_keeper else (owner, other)
    merged.merged_into_id = keeper.id
    item_owner = party_of(any_session, owner)
    make_ownership(any_session, register.item, item_owner)
    assert picture(register).name(only(register).owner) == "Committee"
    assert stand_ins(any_session, register.body.id, [item_owner.id], TODAY)[item_owner.id].name == "Committee"


def test_no_volunteer_is_named_as_an_owner(session: Session) -> None:
    register = Register(session)
    stranger = make_person(session, "Ben Okafor")
    make_ownership(session, register.item, party_of(session, stranger))
    entry = only(register)
    assert (entry.owner, entry.is_owned) == (None, True)
    assert "Ben Okafor" not in picture(register).names.values()


def test_a_public_picture_names_the_body_of_a_volunteer_who_was_asked(session: Session) -> None:
    register = Register(session)
    committee = made(session, Body(slug="committee", name="Committee", parent_id=register.body.id))
    make_term(session, register.ana, committee)
    make_addressee(session, register.item, party_of(session, register.ana))
    make_addressee(session, register.item, party_of(session, make_person(session, "Ben Okafor")))
    public, internal = (picture(register, scope) for scope in (Scope.PUBLISHED, Scope.INTERNAL))
    assert [public.name(answer.party) for answer in public.entries[0].answers] == ["Committee", ""]
    assert {"Ana Silva", "Ben Okafor"}.isdisjoint(public.names.values())
    assert [internal.name(answer.party) for answer in internal.entries[0].answers] == ["Ana Silva", "Ben Okafor"]


def test_names_are_those_of_who_is_mentioned_and_no_others(session: Session) -> None:
    register = Register(session)
    register.item.put_forward_by = register.party(register.ana)
    register.item.reported_by = make_person(session, "Ben Okafor").id
    make_person(session, "Nobody Else")
    leave(session, register.item, "noted", by=SYSTEM, now=NOW)
    assert set(picture(register).names.values()) == {"Ana Silva", "Ben Okafor"}


def test_a_class_is_named_too(session: Session) -> None:
    register = Register(session)
    governments = made(session, Party(slug="governments", class_name="Governments"))
    register.item.put_forward_by = governments.id
    leave(session, register.item, "noted", by=SYSTEM, now=NOW)
    assert picture(register).name(only(register).put_forward_by) == "Governments"


def quoted(register: Register, visibility: Visibility) -> None:
    """Tie the item to the second sentence of a meeting's transcript, in its second turn."""
    session, start = register.session, WORDS.index("We")
    meeting = make_meeting(session, register.body, visibility=visibility)
    kept = {"number": 1, "sha256": "ab" * 32, "filename": "a.txt", "media_type": "text/plain", "imported_at": NOW}
    transcript = made(session, Transcript(meeting_id=meeting.id, original=b"", text=WORDS, **kept))
    for seq, (first, last) in enumerate([(0, start), (start, len(WORDS))], 1):
        made(session, Turn(transcript_id=transcript.id, seq=seq, start=first, end=last, person_id=register.ana.id))
    passage = Passage(sha256="ab" * 32, start=start, end=WORDS.index("Thank") - 1, transcript_id=transcript.id)
    session.add(passage)
    session.flush()
    made(session, ItemPassage(item_id=register.item.id, passage_id=passage.id))
    made(session, Position(item_id=register.item.id, party_id=register.party(), stance=Stance.SUPPORTS))


def test_a_passage_is_cut_from_its_transcript(any_session: Session) -> None:
    register = Register(any_session)
    quoted(register, Visibility.PUBLISHED)
    (quote,) = only(register).quotes
    assert (quote.words, quote.turn) == ("We should keep an archive.", 2)
    assert picture(register).name(quote.speaker) == "Ana Silva"


def test_words_of_a_meeting_that_is_not_published_stay_inside(session: Session) -> None:
    register = Register(session)
    quoted(register, Visibility.INTERNAL)
    assert only(register).quotes[0].words is None
    assert only(register, Scope.INTERNAL).quotes[0].words == "We should keep an archive."


def test_a_passage_of_a_file_that_is_not_there_is_kept_by_its_name(session: Session) -> None:
    register = Register(session)
    passage = Passage(sha256="cd" * 32, start=5, end=9)
    session.add(passage)
    session.flush()
    made(session, ItemPassage(item_id=register.item.id, passage_id=passage.id))
    (quote,) = only(register).quotes
    assert (quote.sha256, quote.start, quote.end, quote.words) == ("cd" * 32, 5, 9, None)


def test_figures_need_neither_positions_nor_passages(session: Session) -> None:
    register = Register(session)
    quoted(register, Visibility.PUBLISHED)
    (entry,) = picture(register, in_full=False).entries
    assert (entry.quotes, entry.stands) == ((), ())
    assert only(register).stands[0].stance is Stance.SUPPORTS
