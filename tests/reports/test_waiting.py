"""The section of what waits: by kind, with what waits for a condition, and what is overdue as well."""

from tests.reports.papers import wording
from tests.reports.pictures import entry, overdue
from tracker.items.models import Progress, WaitingKind
from tracker.reports.attention import needing_attention
from tracker.reports.paper import Table
from tracker.reports.snapshot import ReportedItem
from tracker.reports.waiting import waiting

FUNDED = {"progress": Progress.WAITING, "waiting_kind": WaitingKind.FUNDING}


def tables(*entries: ReportedItem) -> tuple[Table, ...]:
    [section] = waiting(wording(*entries))
    return section.tables


def test_there_is_no_section_where_nothing_waits() -> None:
    assert waiting(wording(entry())) == ()


def test_each_kind_has_a_table_and_what_states_none_comes_last() -> None:
    unstated = entry(1, progress=Progress.WAITING)
    conditional = entry(2, condition="if money is found")
    captions = [table.caption for table in tables(unstated, conditional, entry(3, **FUNDED))]
    assert captions == ["For funding", "For a condition", "Kind not stated"]


def test_what_waits_for_a_condition_names_it() -> None:
    [table] = tables(entry(condition="if money is found"))
    assert table.rows[0][2].text == "if money is found"


def test_a_closed_item_waits_for_nothing() -> None:
    assert waiting(wording(entry(condition="if money is found", progress=Progress.DONE))) == ()


def test_what_is_overdue_as_well_needs_attention_and_is_not_listed_here() -> None:
    shown = wording(overdue(1, **FUNDED), entry(2, **FUNDED))
    [section] = waiting(shown)
    assert [row[0].text for row in section.tables[0].rows] == ["2"]
    assert [row[0].text for row in needing_attention(shown).tables[0].rows] == ["1"]
