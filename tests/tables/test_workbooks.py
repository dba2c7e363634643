"""Workbooks of strangers: what their XML asks for is not fetched."""

import io
import zipfile
from pathlib import Path

import pytest

from tracker.errors import Refused
from tracker.tables import workbooks
from tracker.tables.workbooks import read_workbook, write_workbook


def with_entity(part: str, address: str) -> bytes:
    """A list of people of which one part names a file and asks for it where a name stands."""
    head = f'<!DOCTYPE x [<!ENTITY told SYSTEM "{address}">]>'.encode()
    plain, held = zipfile.ZipFile(io.BytesIO(write_workbook(["name"], [{"name": "Ana"}]))), io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name in plain.namelist():
            xml = plain.read(name)
            body = xml[xml.index(b"?>") + 2 :] if xml.startswith(b"<?xml") else xml
            made.writestr(name, head + body.replace(b"Ana", b"&told;") if name == part else xml)
    return held.getvalue()


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_a_workbook_brings_in_no_file_by_an_entity(tmp_path: Path, part: str) -> None:
    (tmp_path / "secret").write_text("do not tell")
    try:
        rows = str(read_workbook(with_entity(part, (tmp_path / "secret").as_uri()), ["name"]))
    except Refused as refused:
        rows = str(refused)
    assert "do not tell" not in rows


@pytest.mark.parametrize(("limit", "value"), [("MOST_PARTS", 3), ("MOST_BYTES", 100)])
def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(workbooks, limit, value)
    with pytest.raises(Refused) as refusal:
        workbooks.work({"columns": ["name"]}, write_workbook(["name"], [{"name": "Ana"}]))
    assert str(refusal.value) == "This workbook is too large. Save only the sheet as CSV."
