"""What files are made of in tests."""

from tests.reports.papers import ISSUED, ROOT, written
from tracker.reports.formats import Printed
from tracker.reports.report_wording import ReportWording
from tracker.reports.snapshot import Picture
from tracker.wording.language import ENGLISH


def printed(made: Picture) -> Printed:
    """The issued report of the picture."""
    return Printed(ReportWording(made, ENGLISH, ROOT), ISSUED, written(made))
