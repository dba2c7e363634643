"""A small seed file, as text, and how a test changes a line of it."""

from pathlib import Path

SHA256 = "ab" * 32
TEXT = f"""\
format: 1
body: library-board
groups:
  - {{slug: youth, name: Youth}}
bodies:
  - {{slug: library-board, name: Library Board, register: true, timezone: Europe/Zurich}}
  - {{slug: readers, name: Readers' Council, parent: library-board, stakeholder_group: youth, steward: ana-silva}}
classes:
  - {{slug: schools, name: Schools}}
people:
  - {{slug: bo-berg, name: Bo Berg, labels: [MR BERG, BO BERG], affiliation: North School}}
accounts:
  - slug: ana-silva
    name: Ana Silva
    email: ana@example.org
    terms: [{{body: readers, role: secretariat, from: 2012-01-01}}]
    digest_from: 2012-11-05
  - slug: cy-cole
    name: Cy Cole
    email: cy@example.org
    terms: [{{body: readers, role: secretariat, from: 2012-01-01}}]
milestones:
  - {{slug: spring, title: Spring meeting, starts_on: 2013-03-01, ends_on: 2013-03-02}}
meetings:
  - {{slug: autumn, title: Autumn meeting, starts_on: 2012-11-09, ends_on: 2012-11-09, milestone: spring}}
sources:
  - {{name: talk, meeting: autumn, sha256: {SHA256}}}
items:
  - number: 1
    title: Open on Sundays
    kind: call
    put_forward_by: bo-berg
    addressed_to: [schools, readers]
    due: {{milestone: spring, offset_days: -14}}
    positions:
      - {{party: readers, stance: supports-if, condition: Someone pays., source: talk, passage: [30, 40]}}
    passages:
      - {{source: talk, start: 0, end: 9, speaker: bo-berg}}
      - {{source: talk, start: 10, end: 19, speaker: ana-silva}}
  - number: 2
    title: Lend tools
    kind: offer
    due: {{on: 2013-05-01}}
"""


def write(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the file with these replacements; each must change something."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "board.yaml"
    path.write_text(text, encoding="utf-8")
    return path
