"""A report as files: one function a format, from the same paper and picture to bytes."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.reports.assemble_report import Edition
from tracker.reports.paper import Paper
from tracker.reports.phrases import Telling


@dataclass(frozen=True)
class Printed:
    """All that a file is made of: what is told, which edition it is, and the paper written of both."""

    telling: Telling
    edition: Edition
    paper: Paper


Writer = Callable[[Printed], bytes]
