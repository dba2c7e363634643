"""Reading a file: any usual encoding gives the text, anything else a message that says what to do."""

import codecs
import json

import pytest

from tracker import upload_limits
from tracker.errors import Refused
from tracker.transcripts.formats import read_transcript_file
from tracker.transcripts.formats.read_transcript_file import read

FRENCH = "Mme BÉRENGER: L’été dernier, nous avons publié le rapport.\r\n"


def test_newlines_stand_as_they_are() -> None:
    assert read(b"A: one\r\nB: two\n").text == "A: one\r\nB: two\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_is_dropped(mark: bytes, encoding: str) -> None:
    assert read(mark + FRENCH.encode(encoding)).text == FRENCH


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-16-be"])
def test_encodings_without_a_mark_are_told(encoding: str) -> None:
    assert read(FRENCH.encode(encoding)) == read_transcript_file.FileReading(FRENCH, "text", encoding)


def test_a_short_latin_text_is_not_taken_for_another_script() -> None:
    assert read("Müller: Grüße".encode("latin-1")).text == "Müller: Grüße"


def test_cyrillic_in_an_old_code_page_is_told() -> None:
    text = "ПРЕДСЕДАТЕЛЬ: Доброе утро, уважаемые коллеги, начинаем заседание."
    assert read(text.encode("cp1251")).text == text


CHINESE = "主席：各位同事，早上好，我们现在开始工作组会议，请大家发言，并提出建议。\n"
ARABIC = "الرئيس: صباح الخير أيها الزملاء الكرام، نبدأ الآن جلسة الفريق العامل المعني بالإنترنت.\n"
RUSSIAN = "ПРЕДСЕДАТЕЛЬ: Доброе утро, уважаемые коллеги, начинаем заседание рабочей группы.\n"
SPANISH = "Sr. NÚÑEZ: Buenos días, señores; empezamos la sesión con la tabla de mañana.\n"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [RUSSIAN, SPANISH, "CHAIR: Good morning.\n", "主席：各位同事 CHAIR: Good morning.\n"])
def test_wide_encodings_without_a_mark_are_told(encoding: str, text: str) -> None:
    assert read(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16-le"),
        (ARABIC, "cp1256"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (SPANISH, "latin-1"),
        (SPANISH, "cp1252"),
    ],
)
def test_each_script_is_told_in_the_encodings_that_offices_use(text: str, encoding: str) -> None:
    assert read((text * 20).encode(encoding)).text == text * 20


def test_a_page_is_read_in_the_encoding_that_it_names() -> None:
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Pan Wójcik: Dzień dobry.</p></body></html>'
    assert read(page.encode("iso-8859-2")).text == "Pan Wójcik: Dzień dobry.\n"


def test_a_page_that_names_no_encoding_of_text_is_guessed() -> None:
    page = '<html><head><meta charset="punycode"></head><body><p>Señor Núñez: Sí.</p></body></html>'
    assert read(page.encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\n ", "no text"),
        (b"A: one\0two three four five", "null bytes"),
        (b"%PDF-1.7 ...", "PDF file is damaged"),
        (b'{"segments": [}', "This JSON file is damaged: export it again"),
        (b"PK\x03\x04....", "archive is damaged"),
        (b"\xd0\xcf\x11\xe0", "an old Word file, which is not read: save it as Word"),
        (b"\xef\xbb\xbfA: caf\xe9", "not readable as utf-8"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        read(data)


def test_a_file_beyond_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_transcript_file, "MAX_CHARACTERS", 10)
    with pytest.raises(Refused, match="more than 10 characters"):
        read(b"A: much longer than that")
    monkeypatch.setattr(upload_limits, "TRANSCRIPT", 10)
    with pytest.raises(Refused, match="larger than"):
        read(b"A: much longer than that")


PAGE = b"""<!DOCTYPE html><html><head><title>Hearing</title><script>steal()</script></head><body><nav>Home</nav>
<div><p><b>MS STAN:</b> Good <i>morning</i>,<br>all &amp; sundry.</p><p>Second   paragraph</p>tail</div>
<footer>Terms</footer></body></html>"""


def test_html_gives_its_words_a_block_a_paragraph() -> None:
    reading = read(PAGE)
    assert reading.format == "html"
    assert reading.text == "MS STAN: Good morning,\nall & sundry.\n\nSecond paragraph\n\ntail\n"


def test_deeply_nested_html_does_not_overflow() -> None:
    assert read(b"<html><body>" + b"<div><b>" * 20_000 + b"deep").text == "deep\n"


def test_what_no_database_takes_has_a_sign_in_its_place() -> None:
    segments = [{"speaker": "A\ud800", "text": "one \udfff two"}, {"speaker": "B", "text": "three"}]
    reading = read(json.dumps({"segments": segments}).encode())
    assert [one.label for one in reading.marked] == ["A\N{REPLACEMENT CHARACTER}", "B"]
    assert [reading.text[one.start : one.end] for one in reading.marked] == [
        "one \N{REPLACEMENT CHARACTER} two",
        "three",
    ]
