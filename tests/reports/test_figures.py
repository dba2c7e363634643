"""What holds of the figures of any report, whatever its items are."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reports.papers import wording
from tests.reports.pictures import DAY, POINTS, entry, picture
from tracker.items.models import Progress, ProposerView
from tracker.items.party_models import ResponseState
from tracker.reports.attention import needing_attention
from tracker.reports.changes_since import since_previous
from tracker.reports.differences import compare
from tracker.reports.opening import TOLD
from tracker.reports.progress import ReportView, attention, concern, grouped, headline, responses, standing, tally
from tracker.reports.snapshot import Changes, Previous, ReportedAnswer, ReportedItem, ReportStanding, from_json, to_json
from tracker.reports.waiting import waiting

BAD_NEWS = {
    "overdue": "Overdue, the longest first",
    "disputed": "Closed, but disputed or partly",
    "slipped": "In time, but later than promised",
    "past": "Past its date, not accepted",
    "moved": "In time, but later than first set",
    "no-longer-pursued": "No longer pursued",
}
days = st.none() | st.dates(date(2012, 1, 1), date(2015, 12, 31))
answers = st.lists(
    st.builds(ReportedAnswer, st.sampled_from(["body:1", "body:2"]), st.sampled_from(ResponseState)),
    max_size=2,
    unique_by=lambda a: a.party,
)
made = st.builds(
    entry,
    st.integers(1, 60),
    progress=st.sampled_from(Progress),
    due_on=days,
    promised_on=days,
    milestone=st.sampled_from([None, "igf-2013", "feb-2013-consultations", "elsewhere"]),
    theme=st.none() | st.text(max_size=9),
    is_accepted=st.booleans(),
    owner=st.sampled_from([None, "body:1", "body:2"]),
    is_owned=st.booleans(),
    proposer_view=st.none() | st.sampled_from(ProposerView),
    condition=st.sampled_from([None, "", "if"]),
    condition_met_on=days,
    answers=answers.map(tuple),
)
#: a busy machine is no fault
PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
registers = st.lists(made, max_size=12, unique_by=lambda item: item.number)


@PATIENT
@given(registers)
def test_every_item_stands_in_one_place(items: list[ReportedItem]) -> None:
    sums = tally(items, DAY)
    assert sum(sums.standing.values()) == sum(sums.progress.values()) == len(items)


@PATIENT
@given(registers)
def test_open_and_closed_are_all(items: list[ReportedItem]) -> None:
    figures = headline(items, DAY)
    closed = figures["done"] + figures["no-longer-pursued"] + figures["disputed"]
    assert figures["open"] + closed == figures["items"]


@PATIENT
@given(registers)
def test_what_is_counted_as_waiting_is_what_the_section_lists(items: list[ReportedItem]) -> None:
    listed = [row for section in waiting(wording(*items)) for table in section.tables for row in table.rows]
    assert len(listed) == headline(items, DAY)["waiting"]


@PATIENT
@given(registers)
def test_each_bad_news_figure_is_what_its_table_lists(items: list[ReportedItem]) -> None:
    tables = {table.caption: len(table.rows) for table in needing_attention(wording(*items)).tables}
    figures = headline(items, DAY)
    assert {caption: figures[name] for name, caption in BAD_NEWS.items() if figures[name]} == tables


@PATIENT
@given(registers)
def test_no_item_both_needs_attention_and_waits(items: list[ReportedItem]) -> None:
    sections = (needing_attention(wording(*items)), *waiting(wording(*items)))
    listed = [row[0].text for section in sections for table in section.tables for row in table.rows]
    assert len(listed) == len(set(listed))


@PATIENT
@given(registers, registers, st.dates(date(2013, 1, 1), DAY))
def test_where_no_change_is_listed_the_lead_tells_of_none(
    before: list[ReportedItem], after: list[ReportedItem], day: date
) -> None:
    now = [*after, *before[len(after) :]]  # some are the same, and only time has passed
    now = list({item.number: item for item in now}.values())
    previous = Previous("m", "M", 1, day, headline(before, day), compare(before, now, since=day, day=DAY))
    shown = wording(*now, previous=previous)
    told = {name for name in ("open", *TOLD, "done") if headline(now, DAY)[name] != previous.figures[name]}
    assert since_previous(shown).tables or not told


@PATIENT
@given(registers, st.sampled_from(ReportView))
def test_the_groups_of_a_view_are_the_whole(items: list[ReportedItem], view: ReportView) -> None:
    groups = grouped(items, view, POINTS)
    assert sorted(item.number for group in groups for item in group.entries) == sorted(item.number for item in items)
    assert len({group.key for group in groups}) == len(groups)


@PATIENT
@given(registers)
def test_what_is_closed_is_never_late(items: list[ReportedItem]) -> None:
    late = [item for item in items if standing(item, DAY) is ReportStanding.OVERDUE]
    assert not [item for item in late if item.progress in (Progress.DONE, Progress.NO_LONGER_PURSUED)]


@PATIENT
@given(registers)
def test_bad_news_is_complete_and_in_order(items: list[ReportedItem]) -> None:
    found = attention(items, DAY)
    assert {item.number for item in found} == {item.number for item in items if concern(item, DAY)}
    late = [item.due_on for item in found if standing(item, DAY) is ReportStanding.OVERDUE]
    assert late == sorted(late, key=lambda day: day or date.max)


@PATIENT
@given(registers)
def test_every_asked_party_is_counted_once(items: list[ReportedItem]) -> None:
    assert sum(responses(items).values()) == sum(len(item.answers) for item in items)


@PATIENT
@given(registers)
def test_nothing_changes_between_a_report_and_itself(items: list[ReportedItem]) -> None:
    assert compare(items, items, since=DAY, day=DAY) == Changes()


@PATIENT
@given(registers, registers)
def test_what_is_new_one_way_is_gone_the_other(before: list[ReportedItem], after: list[ReportedItem]) -> None:
    there, back = (compare(*pair, since=DAY, day=DAY) for pair in ((before, after), (after, before)))
    assert list(there.new) == [item.number for item in back.gone]
    assert [(step.number, step.after, step.before) for step in there.steps] == [
        (step.number, step.before, step.after) for step in back.steps
    ]


@PATIENT
@given(registers)
def test_the_figures_survive_being_stored(items: list[ReportedItem]) -> None:
    read = from_json(to_json(picture(*items)))
    assert headline(read.entries, read.as_of) == headline(items, DAY)


@given(registers, st.integers(1, 400))
@settings(PATIENT, max_examples=50)
def test_time_makes_nothing_less_late(items: list[ReportedItem], more: int) -> None:
    later = date.fromordinal(DAY.toordinal() + more)
    counts = [headline([replace(item) for item in items], day)["overdue"] for day in (DAY, later)]
    assert counts[0] <= counts[1]
