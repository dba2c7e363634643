"""A report as files: one function a format, from the same paper and picture to bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.reports.assemble_report import Edition
from tracker.reports.paper import Paper
from tracker.reports.report_wording import ReportWording


@dataclass(frozen=True)
class Printed:
    """All that a file is made of: the picture with its wording, which edition it is, and the finished paper."""

    wording: ReportWording
    edition: Edition
    paper: Paper


Writer = Callable[[Printed], bytes]
