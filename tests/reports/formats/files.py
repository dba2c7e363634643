"""What files are made of in tests."""

from tests.reports.papers import ISSUED, ROOT, written
from tracker.reports.formats import Printed
from tracker.reports.picture import Picture
from tracker.reports.telling import Telling
from tracker.reports.tongue import ENGLISH


def printed(made: Picture) -> Printed:
    """The issued report of the picture."""
    return Printed(Telling(made, ENGLISH, ROOT), ISSUED, written(made))
