"""What a reply says of each item: answers in a few words, and notes."""

from datetime import date

import pytest

from tracker.answers.choices import OFFERED, AnswerRole, MailAnswer
from tracker.inbound.reply_lines import WORDS, day_meant, read_lines
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
