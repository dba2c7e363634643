"""Evidence: only whole web addresses, files of bounded size with harmless names."""

import pytest

from tracker.errors import Refused
from tracker.updates.evidence import File, Link, checked_evidence, plain_name
from tracker.upload_limits import EVIDENCE


@pytest.mark.parametrize("url", ["https://example.org/a?b=1#c", " http://example.org ", "HTTPS://EXAMPLE.ORG"])
def test_a_whole_web_address_is_kept(url: str) -> None:
    assert checked_evidence(Link(url)) == Link(url.strip())


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "javascript:alert(1)", "data:text/html,x", "ftp://example.org", "https://", "http://[::1",
        "https://example.org/\nx", "https://example.org/a b", "https://example.org/" + "a" * 2000, "java\tscript:x",
        "https://example.org/\u202e",
    ],
)  # fmt: skip
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(Refused) as refusal:
        checked_evidence(Link(url))
    assert refusal.value.field == "link"


@pytest.mark.parametrize("size", [0, EVIDENCE + 1])
def test_a_file_is_neither_empty_nor_too_large(size: int) -> None:
    with pytest.raises(Refused) as refusal:
        checked_evidence(File("a.pdf", "application/pdf", b"x" * size))
    assert refusal.value.field == "file"


def test_a_file_of_ten_megabytes_is_kept_as_it_came() -> None:
    file = File("a.pdf", "application/pdf", b"\0" * EVIDENCE)
    assert checked_evidence(file) == file


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\dir\\a.txt", "a.txt"),
        ("a\r\nb.txt", "a_b.txt"),
        ('x";y=".html', "x_;y=_.html"),
        ("\u202efdp.exe", "_fdp.exe"),
        ("", "file"),
        ("...", "file"),
        ("доклад.pdf", "доклад.pdf"),
    ],
)
def test_a_file_name_misleads_nobody(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    assert plain_name("a" * 300 + ".pdf") == "a" * 116 + ".pdf"
    assert len(plain_name("a" * 300)) == 120
