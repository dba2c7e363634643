"""A web page gives what a reader reads: no menus, banners, warnings of its machinery; and JSON its segments."""

import json

import pytest

from tracker.errors import Refused
from tracker.transcripts.formats.read_transcript_file import read
from tracker.transcripts.reading.marked_speech import Marked, Stamp

LONG = "<p>" + "MS OAK: We have said so before, and we say so again. " * 20 + "</p>"


def words(body: str) -> str:
    """What is read besides the long paragraph."""
    text = read(f"<!DOCTYPE html><html><body>{LONG}{body}</body></html>".encode()).text
    return "\n\n".join(block for block in text.strip().split("\n\n") if not block.startswith("MS OAK: We have"))


@pytest.mark.parametrize(
    "body",
    [
        "<div class='cookie-notice'>We use cookies: accept?</div>",
        "<div id=left-sidebar>News: much</div>",
        "<div role=navigation>Home: here</div>",
        "<div class=socialShare>Like this</div>",
        "<p hidden>Old: text</p>",
        "<ul><li><a href=/1>One: a</a><li><a href=/2>Two: b</a><li><a href=/3>Three: c</a></ul>",
        "<p>Printer-friendly version</p>",
        "<p><a href=#>Back to top</a></p>",
        "<b>Warning</b>: include(x.php) failed in <b>/srv/www/a.php</b> on line <b>7</b>",
        "<p>Notice: Undefined index: id in /srv/www/a.php on line 12</p>",
        "<!-- MR ELM: hidden -->",
        "<textarea>MR ELM: hidden</textarea>",
    ],
)
def test_furniture_is_left_out(body: str) -> None:
    assert words(body) == ""


@pytest.mark.parametrize(
    "body",
    [
        "<p>Warning: the depths are wrong.</p>",
        "<ul><li>First point</li><li>Second point</li></ul>",
        "<p class=navy>MR ELM: In blue.</p>",
        "<div class=content-main><p>MR ELM: Yes.</p></div>",
    ],
)
def test_what_is_said_stays(body: str) -> None:
    assert words(body) != ""


def test_a_page_whose_text_stands_in_what_looks_like_furniture_keeps_it() -> None:
    page = f"<html><body><div class=sidebar-layout>{LONG}</div><p>Foot</p></body></html>"
    assert read(page.encode()).text.startswith("MS OAK: We have said")


def test_lines_of_preformatted_text_stay() -> None:
    assert words("<pre>MR ELM: Yes.\n\nMR ASH: No.\n</pre>") == "MR ELM: Yes.\n\nMR ASH: No."


def test_a_main_part_that_holds_the_text_is_all_that_is_read() -> None:
    page = f"<html><body><p>Above: it</p><main>{LONG}</main></body></html>"
    assert "Above" not in read(page.encode()).text


def test_a_piece_of_a_page_is_a_page() -> None:
    piece = "".join(f"<p><b>MS OAK:</b> Point {n}.<br></p>" for n in range(4))
    assert read(piece.encode()).text.startswith("MS OAK: Point 0.\n\nMS OAK:")


def test_unknown_tags_do_not_part_words() -> None:
    assert words("<p>one<tts:x>two</tts:x> <acronym>three</acronym></p>") == "onetwo three"


def test_segments_of_one_speaker_are_one_speech() -> None:
    rows = [{"speaker": "Rosa", "start": 2.5, "text": " Good"}, {"speaker": "Rosa", "start": 3, "text": "day."}]
    reading = read(json.dumps({"segments": rows}).encode())
    assert (reading.format, reading.text, reading.marked) == ("json", "Rosa: Good day.\n", (Marked("Rosa", 6, 15, 2),))


def test_segments_without_speakers_keep_their_times() -> None:
    rows = [{"start": 0, "text": "One"}, {"start": 7, "text": "two."}]
    assert read(json.dumps(rows).encode()).stamps == (Stamp(0, 0), Stamp(4, 7))


@pytest.mark.parametrize("start", ["00:01:05.200", "1:05", "65.2s", "65,2"])
def test_a_time_in_words_is_read(start: str) -> None:
    row = {"speaker": "Rosa", "startTime": start, "content": "Hello."}
    assert read(json.dumps({"data": {"utterances": [row]}}).encode()).marked[0].said_at == 65


def test_numbered_speakers_are_called_speakers() -> None:
    assert read(json.dumps([{"speaker": 0, "text": "Hi."}]).encode()).text == "Speaker 0: Hi.\n"


def test_json_without_speeches_is_refused() -> None:
    with pytest.raises(Refused, match="export it as text"):
        read(b'{"settings": [1, 2]}')


def test_text_in_brackets_is_no_json() -> None:
    assert read(b'[Music]\nMS OAK: "Hello"\n[Music]').format == "text"
