"""Context that a command is given in files: people by their names as printed, milestones with their days."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from tracker.errors import Refused
from tracker.intake.prepare_file import KnownMilestone

BAD_MILESTONES = "%(file)s holds no milestones with slug, title and starts_on. Write them as in seed_actions.yaml."
BAD_PEOPLE = "%(file)s holds no people with a name. Give a CSV file with a column name, or one JSON object a line."


def milestones_of(path: Path) -> list[KnownMilestone]:
    """The milestones of a YAML, JSON, JSON Lines or CSV file; Refused where it holds none."""
    try:
        return [_milestone(row) for row in _rows(path, "milestones")]
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(BAD_MILESTONES, file=path.name) from error


def people_of(path: Path) -> dict[str, str]:
    """The names of a file's people by name and by label (in CSV parted by semicolons); Refused if there are none."""
    try:
        rows = [row for row in _rows(path, "people", "accounts") if row["name"]]
    except (KeyError, TypeError) as error:
        raise Refused(BAD_PEOPLE, file=path.name) from error
    if not rows:
        raise Refused(BAD_PEOPLE, file=path.name)
    return {label: str(row["name"]) for row in rows for label in (str(row["name"]), *_labels(row.get("labels")))}


def _labels(value: object) -> list[str]:
    if isinstance(value, str):
        return [label.strip() for label in value.split(";") if label.strip()]
    if isinstance(value, list):
        return [str(label) for label in value]
    return []


def _milestone(row: Mapping[str, Any]) -> KnownMilestone:
    first = _date(row["starts_on"])
    return KnownMilestone(
        row["slug"], row["title"], first, _date(row.get("ends_on") or first), row.get("place") or None
    )


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def _rows(path: Path, *keys: str) -> Iterable[Mapping[str, Any]]:
    # Spreadsheets begin a UTF-8 file with a byte-order mark.
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(text)))
    try:
        if path.suffix == ".jsonl":
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        held = yaml.safe_load(text)
    except (json.JSONDecodeError, yaml.YAMLError) as error:
        raise Refused(
            "%(file)s cannot be read: %(why)s. Correct the file.",
            file=path.name,
            # Messages of YAML run over several lines; programs that read ours expect one.
            why=" ".join(str(error).split()),
        ) from error
    if isinstance(held, dict):
        return [row for key in keys for row in held.get(key) or []]
    return held or []
