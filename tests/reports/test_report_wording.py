"""Each value in its phrase: nothing late without its reason, nothing disputed shown as done alone."""

from datetime import date

import pytest

from tests.reports.papers import ROOT, wording
from tests.reports.pictures import addressee, entry, overdue
from tracker.items.models import Capacity, Channel, Progress, ProposerView
from tracker.items.party_models import ResponseState, Stance
from tracker.reports.progress import ReportView
from tracker.reports.snapshot import ReportedAnswer, ReportedMilestone, ReportedPosition, ReportedQuote, Scope


def test_an_overdue_date_says_by_how_many_days() -> None:
    due = wording().due(overdue(due_on=date(2013, 10, 20)))
    assert (due.text, due.note) == ("Sun 20 Oct 2013", "2 days overdue")


def test_a_day_late_is_said_in_the_singular() -> None:
    assert wording().due(overdue(due_on=date(2013, 10, 21))).note == "1 day overdue"


def test_a_slipped_date_keeps_the_one_first_promised() -> None:
    slipped = entry(due_on=date(2013, 11, 30), promised_on=date(2013, 2, 28))
    assert wording().due(slipped).note == "first promised for Thu 28 Feb 2013"


def test_a_past_date_that_waits_for_a_condition_is_excused_in_words() -> None:
    waiting = overdue(condition="if money is found")
    assert wording().due(waiting).note == "waits for its condition: if money is found"


@pytest.mark.parametrize("progress", [Progress.DONE, Progress.NO_LONGER_PURSUED])
def test_a_disputed_closing_never_stands_alone(progress: Progress) -> None:
    said = wording().progress(entry(progress=progress, proposer_view=ProposerView.DISPUTES)).text
    assert said.endswith(", but disputed by a proposer or supporter")


def test_done_in_part_gives_its_count() -> None:
    part = entry(progress=Progress.DONE_IN_PART, done_count=2, total_count=5)
    assert wording().progress(part).marked == "◕ done in part, 2 of 5"


def test_waiting_names_whom_for() -> None:
    waiting = entry(progress=Progress.WAITING, waiting_for="body:2")
    assert wording().progress(waiting).note == "waits for Archive Office"


def test_closed_as_given_up_says_why() -> None:
    given_up = entry(progress=Progress.NO_LONGER_PURSUED, progress_reason="no money")
    assert wording().progress(given_up).note == "no money"


def test_what_others_reported_names_the_reporter() -> None:
    reported = entry(put_forward_by="body:2", reported_by="person:7")
    assert wording().put_forward(reported) == "Put forward by Archive Office, reported by Ana Silva"


def test_a_speaker_nobody_knows_is_not_invented() -> None:
    assert wording().put_forward(entry()) == "Proposer not known"


def test_each_asked_party_has_its_own_answer() -> None:
    answers = (
        *addressee(ResponseState.NOT_YET_SENT),
        ReportedAnswer("body:2", ResponseState.REFERRED, date(2013, 3, 1)),
    )
    said = wording().answers(entry(answers=answers))
    assert said == "Library Board: not yet sent; Archive Office: referred (Fri 1 Mar 2013)"


def test_an_owner_who_is_in_no_body_is_a_volunteer() -> None:
    assert wording().owner(entry(is_owned=True)) == "a volunteer"
    assert wording().owner(entry()) == "no owner yet"


def test_a_position_says_its_capacity_and_its_reporter() -> None:
    stand = ReportedPosition(
        "body:2", Stance.SUPPORTS_IF, "it is free", Capacity.RAPPORTEUR, "the workshop", "person:7"
    )
    said = wording().position(stand)
    assert said == "Archive Office: supports if it is free (rapporteur: the workshop), reported by Ana Silva"


def test_remote_words_say_so() -> None:
    assert wording().capacity(Capacity.CHAIR, None, Channel.REMOTE) == "chair, remote"


def test_a_tentative_milestone_gives_no_days() -> None:
    review = ReportedMilestone("review", "Overall review", date(2015, 1, 1), date(2015, 12, 31), tentative=True)
    assert wording(points=(review,)).group(ReportView.MILESTONE, "review") == "Overall review (tentative)"


def test_a_milestone_gives_its_days() -> None:
    assert wording().group(ReportView.MILESTONE, "igf-2013") == "IGF 2013 (Tue 22 Oct 2013 – Fri 25 Oct 2013)"
    assert wording().group_cell(ReportView.MILESTONE, "igf-2013").text == "IGF 2013"


@pytest.mark.parametrize("view", ReportView)
def test_items_without_a_group_are_named_too(view: ReportView) -> None:
    assert wording().group(view, None)


def test_a_passage_leads_to_its_turn() -> None:
    quote = ReportedQuote(1, "ab" * 32, 1, 9, transcript=3, turn=8, words="keep it")
    assert wording().quote_address(entry(4), quote) == f"{ROOT}/transcripts/3#turn-8"


def test_a_public_report_does_not_lead_to_a_transcript_that_is_not_published() -> None:
    quote = ReportedQuote(1, "ab" * 32, 1, 9, transcript=3, turn=8)
    assert wording().quote_address(entry(4), quote) == f"{ROOT}/items/4"
    internal = wording(scope=Scope.INTERNAL)
    assert internal.quote_address(entry(4), quote) == f"{ROOT}/transcripts/3#turn-8"


def test_a_passage_of_a_file_not_imported_leads_to_its_item() -> None:
    assert wording().quote_address(entry(4), ReportedQuote(1, "ab" * 32, 1, 9)) == f"{ROOT}/items/4"
