"""Captions become speeches: cues joined, voices kept apart, broken ones not lost, what rolls up said once."""

import pytest

from tracker.transcripts.formats.captions import BROKEN, looks_like_captions
from tracker.transcripts.formats.read_transcript_file import FileReading, read
from tracker.transcripts.reading.marked_speech import Marked, Stamp
from tracker.transcripts.reading.turns import turns


def vtt(*cues: str) -> FileReading:
    return read(("WEBVTT\n\n" + "\n\n".join(cues)).encode())


def cue(words: str, start: int = 1, end: int = 2) -> str:
    return f"00:00:{start:02}.000 --> 00:00:{end:02}.000\n{words}"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("WEBVTT - a title\n", "vtt"),
        ("\r\n1\r\n00:00:01,000 --> 00:00:02,000\r\nHi.", "srt"),
        ("00:01.000 --> 00:02.000\nHi.", "srt"),
        ("WEBVTTS are a kind of file", None),
        ("MS OAK: press --> to go on", None),
        ("<!-- a comment -->\n<html>", None),
    ],
)
def test_captions_are_told_by_their_content(text: str, kind: str | None) -> None:
    assert looks_like_captions(text) == kind


CUES = ("0:01.000 --> 0:04.000", "0:05.000 --> 0:08.000", "0:09.000 --> 0:12.000", "0:13.000 --> 0:16.000")


@pytest.mark.parametrize("label", ["{}\n", "[{}] ", "[{}]: ", "({}) ", "{}: "])
def test_a_name_above_or_before_the_words_of_cues_speaks(label: str) -> None:
    speakers = ("Anna Berg", "Tom Reed", "Anna Berg", "Tom Reed")
    words = ("We dig.", "How deep?", "Ten metres.", "So deep!")
    spoken = zip(CUES, speakers, words, strict=True)
    cues = [f"{times}\n{label.format(name)}{said}\n" for times, name, said in spoken]
    reading = read("\n".join(cues).encode())
    heard = turns(reading.text, marked=reading.marked, stamps=reading.stamps)
    assert [(turn.label, reading.text[turn.start : turn.end]) for turn in heard] == list(
        zip(speakers, words, strict=True)
    )


def test_sounds_in_brackets_are_nobody() -> None:
    cues = "".join(f"{times}\n[Music] We dig the well.\n\n" for times in CUES)
    reading = read(cues.encode())
    assert {turn.label for turn in turns(reading.text, stamps=reading.stamps)} == {None}


def test_times_with_a_comma_between_them_are_captions_too() -> None:
    reading = read(b"0:00:01.000,0:00:03.000\r\nGood\r\n\r\n0:00:03.000,0:00:04.000\r\nmorning.\r\n")
    assert (reading.text, reading.stamps) == ("Good morning.\n", (Stamp(0, 1), Stamp(5, 3)))


def test_cues_of_one_voice_are_one_speech() -> None:
    reading = vtt(cue("<v Rosa Oak>Good morning</v>", 1), cue("<v Rosa Oak>to all.", 2), cue("<v Li Wei>Hello.", 5))
    assert reading.text == "Rosa Oak: Good morning to all.\n\nLi Wei: Hello.\n"
    assert reading.marked == (Marked("Rosa Oak", 10, 30, 1), Marked("Li Wei", 40, 46, 5))


def test_two_voices_of_one_cue_are_two_speeches() -> None:
    reading = vtt(cue("<v Rosa Oak>Any news?</v>\n<v Li Wei>None.</v>"))
    assert [(one.label, reading.text[one.start : one.end]) for one in reading.marked] == [
        ("Rosa Oak", "Any news?"),
        ("Li Wei", "None."),
    ]


def test_a_label_in_nearly_every_cue_is_taken_off_and_holds_for_the_next() -> None:
    reading = vtt(cue("Rosa Oak: Good"), cue("Rosa Oak: morning."), cue("And welcome."), cue("Rosa Oak: All."))
    assert [(one.label, reading.text[one.start : one.end]) for one in reading.marked] == [
        ("Rosa Oak", "Good morning. And welcome. All.")
    ]


@pytest.mark.parametrize("words", ["Meet at 10:30 sharp.", "See https://example.org for more.", "No label at all."])
def test_a_colon_of_another_kind_is_no_label(words: str) -> None:
    assert vtt(cue(words), cue(words), cue(words)).marked == ()


def test_labels_at_changes_alone_stay_in_the_text_at_the_start_of_a_paragraph() -> None:
    reading = vtt(cue("so it ends. >> CHAIR: Thank you.", 1), cue("We go on.", 2), cue("And on.", 3))
    assert reading.text == "so it ends.\n\n>> CHAIR: Thank you. We go on. And on.\n"
    assert reading.stamps[-1] == Stamp(44, 3)


def test_times_are_taken_out_and_kept_as_stamps() -> None:
    reading = vtt(cue("One", 1), cue("two.", 3))
    assert (reading.text, reading.stamps) == ("One two.\n", (Stamp(0, 1), Stamp(4, 3)))


def test_a_pause_after_a_full_stop_opens_a_paragraph() -> None:
    assert vtt(cue("One.", 1, 2), cue("Two", 5, 6), cue("and three.", 9, 10)).text == "One.\n\nTwo and three.\n"


def test_tags_styles_comments_and_entities_are_no_words() -> None:
    styled = cue("<c.loud>A</c> <i>B</i> <00:00:01.500>C &amp; D{\\an8}")
    assert vtt("STYLE\n::cue { color: red }", "NOTE by hand\nand more", styled).text == "A B C & D\n"


def test_what_rolls_up_is_said_once() -> None:
    reading = vtt(
        cue("we begin\nwith the map", 1, 2), cue("with the map\nand then", 2, 3), cue("and then\nlunch", 3, 4)
    )
    assert reading.text == "we begin with the map and then lunch\n"


def test_captions_that_grow_are_said_once() -> None:
    grown = ["We", "We begin", "We begin with", "We begin with the map."]
    assert vtt(*(cue(words, n, n + 1) for n, words in enumerate(grown))).text == "We begin with the map.\n"


def test_what_is_said_twice_stays_where_nothing_rolls_up() -> None:
    cues = [cue(words, n, n + 1) for n, words in enumerate(["Yes indeed.", "Yes indeed.", "Fine.", "Go on.", "Bye."])]
    assert vtt(*cues).text == "Yes indeed. Yes indeed. Fine. Go on. Bye.\n"


@pytest.mark.parametrize(
    "broken",
    ["00:00:05.000 --> soon\nwords", "00:00:05.000 --> 00:00:01.000\nwords", "00:00:99.000 --> 00:01:00.000\nwords"],
)
def test_words_of_a_broken_cue_are_kept_and_a_note_says_so(broken: str) -> None:
    reading = vtt(cue("Some", 4), broken)
    assert (reading.text, reading.notes) == ("Some words\n", (BROKEN,))


def test_words_behind_an_empty_line_belong_to_the_cue_above() -> None:
    assert vtt(cue("One"), "and two.", cue("Three.")).text == "One and two. Three.\n"


def test_numbers_and_identifiers_are_no_words() -> None:
    srt = "1\n00:00:01,000 --> 00:00:02,000\nYes\n2\n00:00:02,000 --> 00:00:03,000\nWe do.\n\n3\n"
    assert read(srt.encode()).text == "Yes We do.\n"
    assert vtt("9c3b-1/12-0\n" + cue("Hello.")).text == "Hello.\n"
