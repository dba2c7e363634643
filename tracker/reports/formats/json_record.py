"""The report as JSON: the picture as it is stored, with the figures that follow from it."""

import json
from typing import Any

from tracker.reports.formats import Printed
from tracker.reports.progress import ReportView, grouped, headline, responses, standings, tally
from tracker.reports.snapshot import to_json


def to_record(printed: Printed) -> bytes:
    """Return edition, figures and picture; every figure can be worked out again from the picture."""
    # Half a surrogate pair is no UTF-8, and a picture read from JSON may hold one.
    return (json.dumps(_record(printed), ensure_ascii=False, indent=1) + "\n").encode(errors="replace")


def _record(printed: Printed) -> dict[str, Any]:
    picture = printed.wording.picture
    edition = printed.edition
    paper = printed.paper
    issued_on = edition.issued_on and edition.issued_on.isoformat()
    return {
        "report": {
            "title": paper.title,
            "version": edition.number,
            "issued_on": issued_on,
            "reason": edition.reason,
            "address": edition.address,
            "notice": f"{paper.notice} {paper.captions}",
        },
        "figures": {
            "headline": headline(picture.entries, picture.as_of),
            "progress": tally(picture.entries, picture.as_of).progress,
            "responses": responses(picture.entries),
            "views": {view: _groups(printed, view) for view in ReportView},
        },
        # As it is stored, so that whoever doubts a figure can count for themselves.
        "picture": to_json(picture),
    }


def _groups(printed: Printed, view: ReportView) -> list[dict[str, Any]]:
    picture = printed.wording.picture
    return [
        {
            "key": group.key,
            "name": printed.wording.group(view, group.key),
            "standing": standings(group.entries, picture.as_of),
            "items": [entry.number for entry in group.entries],
        }
        for group in grouped(picture.entries, view, picture.points)
    ]
