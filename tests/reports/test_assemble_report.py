"""The report put together: bad news first, changes told, and what it says of itself."""

from dataclasses import replace
from datetime import date

import pytest

from tests.reports.papers import ADDRESS, ROOT, example, wording, written
from tests.reports.pictures import DAY, addressee, entry, overdue, picture
from tracker.items.models import Progress, ProposerView
from tracker.items.party_models import ResponseState
from tracker.reports.assemble_report import Annex, Edition, paper
from tracker.reports.attention import needing_attention
from tracker.reports.changes_since import since_previous
from tracker.reports.paper import PaperSection, Table
from tracker.reports.progress import ReportView
from tracker.reports.sections import apart, by, in_short
from tracker.reports.snapshot import Changes, Gone, Previous, Reply, ReportedStep, Scope, Shift


def lines(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def previous(**values: object) -> Previous:
    defaults = {"milestone": "feb-2013-consultations", "title": "February", "number": 1, "as_of": date(2013, 2, 28)}
    return Previous(**{**defaults, "figures": {"overdue": 3}, "changes": Changes(), **values})


def first_table(section: PaperSection) -> Table:
    return section.tables[0]


def test_bad_news_comes_first() -> None:
    keys = [section.key for section in written(example()).sections]
    assert keys[:2] == ["attention", "changes"]
    assert lines(first_table(in_short(wording(overdue()))))[0] == ["overdue", "1"]


def test_figures_stand_beside_those_of_the_previous_report() -> None:
    section = in_short(wording(overdue(), previous=previous()))
    assert lines(first_table(section))[0] == ["overdue", "1", "−2"]


def test_what_needs_attention_leads_to_its_item() -> None:
    table = first_table(needing_attention(wording(overdue(4))))
    assert [cell.href for cell in table.rows[0][:2]] == [f"{ROOT}/items/4"] * 2
    assert table.caption == "Overdue, the longest first"


def test_nothing_bad_is_said_in_words() -> None:
    section = needing_attention(wording(entry()))
    assert section.tables == ()
    assert section.text


@pytest.mark.parametrize("view", ReportView)
def test_the_groups_of_every_view_add_up(view: ReportView) -> None:
    section = by(view, wording(overdue(1, theme="archive"), entry(2, is_owned=True, owner="body:1"), entry(3)))
    numbers = [[int(text) for text in row[1:]] for row in lines(first_table(section))]
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]


def test_the_chart_shows_what_the_table_holds() -> None:
    section = by(ReportView.THEME, wording(overdue(1, theme="archive"), entry(2)))
    assert section.chart is not None
    drawn = [[bar.label, *(str(count) for count in bar.counts if count)] for bar in section.chart.bars]
    assert drawn == [[row[0], *(text for text in row[2:] if text != "0")] for row in lines(first_table(section))[:-1]]


def test_figures_that_count_nothing_share_one_line() -> None:
    table = first_table(in_short(wording(overdue())))
    assert ["0"] not in [row[1:] for row in lines(table)]
    assert table.folded.startswith("None: in time, but due later than first promised; closed, but disputed or partly;")


def test_a_figure_that_has_fallen_to_nothing_keeps_its_row() -> None:
    table = first_table(in_short(wording(entry(), previous=previous(figures={"overdue": 3}))))
    assert ["overdue", "0", "−3"] in lines(table)
    assert "overdue" not in table.folded


def test_a_figure_that_the_previous_report_did_not_count_is_not_compared() -> None:
    assert ["all items", "1", "–"] in lines(first_table(in_short(wording(entry(), previous=previous()))))


def test_a_standing_that_no_item_has_is_no_column() -> None:
    table = first_table(by(ReportView.THEME, wording(overdue(1), entry(2))))
    assert [column.head for column in table.columns] == ["Theme", "Items", "Overdue", "Open, in time"]
    assert table.folded.endswith("Open, waiting; Done; No longer pursued.")


CHANGED = Changes(
    new=(2,),
    steps=(ReportedStep(3, Progress.NOT_STARTED, Progress.DONE),),
    replies=(Reply(4, "body:2", None, ResponseState.TAKEN_UP),),
    shifts=(Shift(5, None, date(2013, 5, 21)),),
)


@pytest.mark.parametrize(
    ("values", "annex", "numbers"),
    [
        ({"previous": previous(changes=CHANGED)}, Annex.CHANGED, [2, 3, 4, 5]),
        ({"previous": previous(changes=CHANGED)}, Annex.ALL, [1, 2, 3, 4, 5]),
        ({"previous": previous()}, Annex.CHANGED, []),
        ({}, Annex.CHANGED, []),
        ({}, Annex.ALL, [1, 2, 3, 4, 5]),
    ],
)
def test_the_annex_holds_what_changed_unless_all_is_asked_for(
    values: dict[str, object], annex: Annex, numbers: list[int]
) -> None:
    made = picture(*(entry(number) for number in range(1, 6)), **values)
    sections = [section for section in written(made, annex=annex).sections if section.key == "full"]
    assert [sheet.number for section in sections for sheet in section.sheets] == numbers


def test_owners_are_bodies() -> None:
    section = by(ReportView.OWNER, wording(entry(is_owned=True, owner="body:2")))
    assert lines(first_table(section))[0][0] == "Archive Office"
    assert first_table(section).columns[0].head == "Owner's body"


def test_progress_and_responses_are_told_apart() -> None:
    item = entry(progress=Progress.DONE, answers=addressee(ResponseState.NOT_TAKEN_UP))
    progress, responses, _ = (lines(table) for table in apart(wording(item)).tables)
    assert ["done", "1"] in progress
    assert ["not taken up", "1"] in responses


def test_closed_tables_say_which_way_and_what_is_disputed() -> None:
    items = [
        entry(1, progress=Progress.DONE, proposer_view=ProposerView.DISPUTES),
        entry(2, progress=Progress.NO_LONGER_PURSUED, proposer_view=ProposerView.DISPUTES),
        entry(3, progress=Progress.DONE, proposer_view=ProposerView.PARTLY),
    ]
    assert lines(apart(wording(*items)).tables[0])[-3:] == [
        ["done", "1"],
        ["done, but disputed or partly", "1"],
        ["no longer pursued, but disputed or partly", "1"],
    ]


def test_a_first_report_says_that_there_is_nothing_to_compare_with() -> None:
    assert since_previous(wording()).text == ("There is no report of an earlier day to compare with.",)


def test_an_internal_report_says_with_which_internal_one_it_is_compared() -> None:
    assert since_previous(wording(scope=Scope.INTERNAL)).text == (
        "There is no internal report of an earlier day to compare with.",
    )
    compared = since_previous(wording(scope=Scope.INTERNAL, previous=previous())).text[0]
    assert compared == "Compared with the internal report for February, version 1, as of Thursday 28 February 2013."


@pytest.mark.parametrize(
    ("internal", "values", "sentence"),
    [
        ([], {}, "No items."),
        ([], {"left_out": 2}, "No items: nothing is published, and 2 internal items are left out."),
        ([False, False], {}, "2 items, all published."),
        ([False], {"left_out": 1}, "1 item, all published; 1 internal item is left out."),
        ([False, False], {"scope": Scope.INTERNAL}, "2 items, all published."),
        ([True, False], {"scope": Scope.INTERNAL}, "2 items, of which 1 internal: not for publication."),
        ([True, True], {"scope": Scope.INTERNAL}, "2 items, all internal: nothing here is published."),
    ],
)
def test_a_report_says_what_it_holds(internal: list[bool], values: dict[str, object], sentence: str) -> None:
    entries = [entry(number, is_internal=is_internal) for number, is_internal in enumerate(internal, 1)]
    assert written(picture(*entries, **values)).lines[-1] == sentence


def test_no_change_is_told_too() -> None:
    assert since_previous(wording(previous=previous())).text[-1] == "No item has changed."


def test_every_change_is_told_and_what_disappeared_first() -> None:
    changes = Changes(
        new=(2,),
        gone=(Gone(9, "Count the books", Progress.WAITING),),
        steps=(ReportedStep(1, Progress.NOT_STARTED, Progress.DONE),),
        replies=(Reply(1, "body:2", None, ResponseState.TAKEN_UP),),
        shifts=(Shift(1, None, date(2013, 5, 21)),),
    )
    section = since_previous(wording(entry(1), entry(2), previous=previous(changes=changes)))
    assert [lines(table)[0] for table in section.tables] == [
        ["9", "Count the books", "waiting"],
        ["1", "Keep archive 1", "not started", "done"],
        ["1", "Keep archive 1 · Archive Office", "not an addressee", "taken up"],
        ["1", "Keep archive 1", "no date", "Tue 21 May 2013"],
        ["2", "Keep archive 2"],
    ]


def test_a_disputed_closing_never_stands_alone_among_the_changes() -> None:
    changes = Changes(
        gone=(Gone(9, "Count the books", Progress.DONE, is_disputed=True),),
        steps=(ReportedStep(1, Progress.DONE, Progress.DONE, is_disputed=True),),
    )
    section = since_previous(wording(entry(1), previous=previous(changes=changes)))
    disputed = "done, but disputed by a proposer or supporter"
    assert [lines(table)[0][-1] for table in section.tables] == [disputed, disputed]


def test_an_issued_report_can_be_cited() -> None:
    assert written(example()).cite_as == (
        f"Library Board, Progress report for IGF 2013, version 2, as of Tuesday 22 October 2013. {ADDRESS}"
    )


def test_a_draft_cannot_be_cited_and_says_that_it_is_one() -> None:
    draft = written(example(), Edition())
    assert draft.cite_as == ""
    assert "Draft: the figures may still change." in draft.lines


def test_a_new_version_says_why() -> None:
    corrected = written(example(), Edition(3, DAY, "A name was erased."))
    assert "Reason for this version: A name was erased." in corrected.lines


def test_a_public_report_says_how_much_it_leaves_out() -> None:
    assert written(picture(entry(), left_out=2)).lines[-1] == "1 item, all published; 2 internal items are left out."


def test_an_internal_draft_says_that_it_is_not_for_publication() -> None:
    made = picture(entry(1), entry(2, is_internal=True), scope=Scope.INTERNAL)
    assert written(made).lines[-1] == "2 items, of which 1 internal: not for publication."


def test_every_page_says_that_it_is_no_outcome() -> None:
    made = written(example())
    assert made.notice == "Put forward by those named · not an IGF outcome."
    assert "not an authoritative record" in made.captions


def test_an_item_in_full_has_its_passage_and_where_it_stands() -> None:
    sheet = written(example()).section("full").sheets[2]
    quotation = sheet.quotations[0]
    assert (quotation.words, quotation.speaker) == ("keep the books", "Ana Silva")
    assert quotation.href == f"{ROOT}/transcripts/3#turn-2"
    assert quotation.source == "file abababababab…, characters 10 to 20"


def test_what_is_said_of_the_sources_fits_them() -> None:
    made = example()
    wrote = replace(made.entries[2].quotes[0], is_written=True)
    only = replace(made, entries=(replace(made.entries[2], quotes=(wrote,)),))
    both = replace(made, entries=(*made.entries, replace(made.entries[2], number=99, quotes=(wrote,))))
    assert written(only).captions == "Written contributions are quoted as they were sent in."
    assert "captions" not in written(only).section("full").text[0]
    assert written(only).section("full").sheets[0].quotations[0].source.startswith("written contribution, file ab")
    assert written(both).captions.startswith("Captions are not an authoritative record; written contributions")


def test_words_that_are_not_published_are_not_shown() -> None:
    made = example()
    silent = replace(made.entries[2].quotes[0], words=None)
    full = written(replace(made, entries=(replace(made.entries[2], quotes=(silent,)),))).section("full")
    assert full.sheets[0].quotations[0].words.startswith("(The words are not published")


def test_a_page_may_do_without_the_items() -> None:
    made = paper(wording(entry()), Edition(), notice="", views=(ReportView.THEME,), with_items=False, annex=None)
    keys = [section.key for section in made.sections]
    assert keys == ["attention", "changes", "short", "by-theme", "apart", "counted"]


@pytest.mark.parametrize("word", ["agreed", "decided", "consensus"])
def test_the_report_claims_no_agreement(word: str) -> None:
    assert word not in repr(written(example())).lower()
