"""Papers for tests of what is written, and how it is set."""

from datetime import date

from tests.reports.pictures import entry, overdue, picture
from tracker.items.models import Progress, ProposerView
from tracker.reports.assemble_report import Annex, Edition, paper
from tracker.reports.paper import Paper
from tracker.reports.report_wording import ReportWording
from tracker.reports.snapshot import Picture, ReportedItem, ReportedQuote
from tracker.wording.language import ENGLISH

ROOT = "https://tracker.example.org"
ADDRESS = f"{ROOT}/reports/igf-2013/v2"
ISSUED = Edition(2, date(2013, 10, 23), address=ADDRESS)
QUOTE = ReportedQuote(5, "ab" * 32, 10, 20, transcript=3, turn=2, speaker="person:7", words="keep the books")


def wording(*entries: ReportedItem, **values: object) -> ReportWording:
    """A picture of these entries, told in English with full addresses."""
    return ReportWording(picture(*entries, **values), ENGLISH, ROOT)


def written(made: Picture, edition: Edition = ISSUED, annex: Annex = Annex.ALL) -> Paper:
    """The whole report of the picture, every item in full unless something else is given."""
    return paper(ReportWording(made, ENGLISH, ROOT), edition, notice="not an IGF outcome", annex=annex)


def example(*more: ReportedItem) -> Picture:
    """An overdue item, a disputed one, and one with a passage."""
    return picture(
        overdue(1, title="Keep a sustained archive", put_forward_by="person:7", theme="archive"),
        entry(2, title="Count the books", progress=Progress.DONE, proposer_view=ProposerView.DISPUTES),
        entry(3, title="Open on Sundays", quotes=(QUOTE,), text="Somebody asked for it."),
        *more,
    )
