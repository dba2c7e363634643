"""Words go from files that are archives of texts, as office programs write them, and the files stay whole."""

import zipfile
from io import BytesIO

from sqlmodel import Session, select

from tests.factories import NOW, SYSTEM, TODAY, made, make_item, make_person, make_register
from tracker.erasure.erase_person import erase_everywhere
from tracker.erasure.marks import replaced, replacer
from tracker.updates.changes import record
from tracker.updates.models import Evidence, EvidenceKind

PARTS = {
    "word/document.xml": "<w:p><w:r><w:t>Minutes: Odile</w:t></w:r><w:r><w:t> Ferrant spoke.</w:t></w:r></w:p>",
    "docProps/core.xml": "<dc:creator>Odile Ferrant</dc:creator>",
    "word/media/Odile Ferrant.bin": "\0\1\2",
}
LEFT = {
    "word/document.xml": "<w:p><w:r><w:t>Minutes: █████</w:t></w:r><w:r><w:t> ███████ spoke.</w:t></w:r></w:p>",
    "docProps/core.xml": "<dc:creator>█████ ███████</dc:creator>",
    "word/media/█████ ███████.bin": "\0\1\2",
}
REPLACE = replacer(["Odile Ferrant"], None)


def packed(parts: dict[str, str | bytes]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_marks_stand_in_each_part_and_the_tags_stay() -> None:
    assert unpacked(replaced(packed({**PARTS}), REPLACE)) == LEFT


def test_an_archive_in_an_archive_is_looked_through() -> None:
    data = replaced(packed({"minutes.docx": packed({**PARTS})}), REPLACE)
    with zipfile.ZipFile(BytesIO(data)) as outer:
        assert unpacked(outer.read("minutes.docx")) == LEFT


def test_a_file_without_the_words_a_damaged_one_and_a_picture_stay_as_they_are() -> None:
    whole = packed({"word/document.xml": "<w:t>Good day.</w:t>"})
    broken = packed({**PARTS})[:-9]
    picture = b"\x89PNG\r\n\0Odile Ferrant"
    for data in (whole, broken, picture):
        assert replaced(data, REPLACE) == data


def test_a_document_that_is_evidence_names_an_erased_person_no_more(any_session: Session) -> None:
    item = make_item(any_session, make_register(any_session))
    update = record(any_session, item, make_person(any_session, "Bo"), "See there.", by=SYSTEM, now=NOW)
    kept = {"kind": EvidenceKind.FILE, "filename": "minutes.docx", "content": packed({**PARTS})}
    any_session.add(Evidence(update_id=update.id, **kept))
    odile = made(any_session, make_person(any_session, "Odile Ferrant"))
    erase_everywhere(any_session, odile, "Asked for it.", today=TODAY, by=SYSTEM, now=NOW)
    any_session.commit()
    assert unpacked(any_session.exec(select(Evidence.content)).one() or b"") == LEFT
