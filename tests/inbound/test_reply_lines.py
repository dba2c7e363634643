"""What a reply says of each item: answers in a few words, and notes."""

from datetime import date

import pytest

from tracker.answers.choices import OFFERED, AnswerRole, MailAnswer
from tracker.inbound.reply_lines import WORDS, day_meant, parts_meant, read_lines
from tracker.web.mail.digest_subject import REPLIES

NUMBERS = (9, 14)
ONE = [
    ("done", MailAnswer.DONE, "", ""),
    ("Done.", MailAnswer.DONE, "", ""),
    ("done: we published it", MailAnswer.DONE, "we published it", ""),
    ("started - two of five", MailAnswer.IN_PROGRESS, "two of five", ""),
    ("We sent it.\nDone", MailAnswer.DONE, "", "We sent it."),
    ("done\nWe sent it.\n\nThanks", MailAnswer.DONE, "", "We sent it.\n\nThanks"),
    ("waiting: secretariat", MailAnswer.WAITING, "secretariat", ""),
    ("waiting for the secretariat", MailAnswer.WAITING, "the secretariat", ""),
    ("due: 14 March", MailAnswer.MORE_TIME, "14 March", ""),
    ("need more time until 14 March", MailAnswer.MORE_TIME, "14 March", ""),
    ("not mine", MailAnswer.NOT_MINE, "", ""),
    ("I'll take it", MailAnswer.TAKE_IT, "", ""),
    ("pass to Ben Ng", MailAnswer.PASS_ON, "Ben Ng", ""),
    ("partly: half of it", MailAnswer.PARTLY, "half of it", ""),
    ("done in part: 3 of 6", MailAnswer.DONE_IN_PART, "3 of 6", ""),
    ("Done in part 3/6, the rest in May", MailAnswer.DONE_IN_PART, "3/6, the rest in May", ""),
    ("partly done", MailAnswer.DONE_IN_PART, "", ""),
    ("done: 3 of 6", MailAnswer.DONE_IN_PART, "3 of 6", ""),
    ("done: 6 of 6", MailAnswer.DONE, "6 of 6", ""),
    ("disputed", MailAnswer.DISPUTES, "", ""),
    ("done the list", None, "", "done the list"),
    ("Thanks, this is in progress.", None, "", "Thanks, this is in progress."),
    ("2013 was a good year", None, "", "2013 was a good year"),
]


@pytest.mark.parametrize(("text", "answer", "detail", "note"), ONE, ids=[case[0] for case in ONE])
def test_one_item(text: str, answer: MailAnswer | None, detail: str, note: str) -> None:
    [line] = read_lines(text, NUMBERS)
    assert (line.number, line.answer, line.detail, line.text) == (None, answer, detail, note)


@pytest.mark.parametrize("before", ["14 ", "14: ", "no. 14 ", "No 14 - ", "#14 ", "item 14. "])
def test_a_line_begins_with_the_number_of_its_item(before: str) -> None:
    [line] = read_lines(f"{before}done", NUMBERS)
    assert (line.number, line.answer) == (14, MailAnswer.DONE)


def test_several_items() -> None:
    lines = read_lines("14 done\nIt is on the page.\n9: the hall is booked\nand paid", NUMBERS)
    assert [(line.number, line.answer, line.text) for line in lines] == [
        (14, MailAnswer.DONE, "It is on the page."),
        (9, None, "the hall is booked\nand paid"),
    ]


@pytest.mark.parametrize("number", ["12345", "1O4", "l4", "#123456789", "item 15:"])
def test_a_line_with_a_wrong_number_is_nobody_elses_note(number: str) -> None:
    lines = read_lines(f"14 done\n{number} done\nSee there.\n9 done", NUMBERS)
    assert [(line.number, bool(line.unknown), line.answer) for line in lines] == [
        (14, False, MailAnswer.DONE),
        (None, True, MailAnswer.DONE),
        (9, False, MailAnswer.DONE),
    ]
    assert lines[1].written == (f"{number} done", "See there.")


def test_a_wrong_number_without_a_command_is_nobody_elses_note_either_but_a_year_or_a_date_is() -> None:
    lines = read_lines("14 done\n15: the hall is booked", NUMBERS)
    assert [line.unknown for line in lines] == ["", "15"]
    [line] = read_lines("14 done\n2013 was a good year\n12.11.2012 we met", NUMBERS)
    assert line.text == "2013 was a good year\n12.11.2012 we met"


@pytest.mark.parametrize(
    "line",
    ["- 9 done", "* 9 done", "• 9 done", "(9) done", "[9] done", "9; done", "9, done", "9done", "9=done", "№9 done"],
)
def test_marks_and_signs_around_a_number_hide_no_line(line: str) -> None:
    lines = read_lines(f"14 in progress: typing\n{line}", NUMBERS)
    assert [(each.number, each.answer) for each in lines] == [(14, MailAnswer.IN_PROGRESS), (9, MailAnswer.DONE)]


def test_two_numbers_before_one_answer_are_for_the_author_to_tell_apart() -> None:
    lines = read_lines("14 done\n9, 14 done", NUMBERS)
    assert [bool(each.unknown) for each in lines] == [False, True]


@pytest.mark.parametrize(
    ("detail", "meant"),
    [
        ("60 of 135,000", (60, 135_000, "")),
        ("1,350 of 2,700", (1_350, 2_700, "")),
        ("60 of 135 gauges", (60, 135, "gauges")),
        ("60 of 135", (60, 135, "")),
        ("3 / 6, the rest in May", (3, 6, "the rest in May")),
        ("3 out of 6.", (3, 6, "")),
        ("half", (None, None, "half")),
        ("3 of the 6", (None, None, "3 of the 6")),
    ],
)
def test_the_two_numbers_of_what_is_done_in_part(detail: str, meant: tuple[int | None, int | None, str]) -> None:
    assert parts_meant(detail) == meant


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_reply_says_nothing(text: str) -> None:
    assert read_lines(text, NUMBERS) == []


def test_each_answer_of_a_mail_can_be_written() -> None:
    assert {answer for answers in OFFERED.values() for answer in answers} == {*WORDS}


@pytest.mark.parametrize("role", REPLIES)
def test_what_a_mail_gives_as_an_example_is_understood(role: AnswerRole) -> None:
    for example in REPLIES[role]:
        [line] = read_lines(f"14 {example}", NUMBERS)
        assert line.number == 14
        assert line.answer in OFFERED[role]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2013-03-14", date(2013, 3, 14)),
        ("14 March", date(2013, 3, 14)),
        ("March 14", date(2013, 3, 14)),
        ("14 March 2014", date(2014, 3, 14)),
        ("end of March", date(2013, 3, 31)),
        ("14/3/2013", None),
        ("2013", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_day_is_the_next_that_the_words_mean_or_none(words: str, day: date | None) -> None:
    assert day_meant(words, date(2012, 11, 12)) == day
