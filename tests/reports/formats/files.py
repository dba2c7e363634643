"""What files are made of in tests."""

from tests.reports.papers import ISSUED, ROOT, written
from tracker.reports.formats import Printed
from tracker.reports.phrases import Telling
from tracker.reports.report_language import ENGLISH
from tracker.reports.snapshot import Picture


def printed(made: Picture) -> Printed:
    """The issued report of the picture."""
    return Printed(Telling(made, ENGLISH, ROOT), ISSUED, written(made))
