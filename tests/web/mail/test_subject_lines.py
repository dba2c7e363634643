"""What a reader sees before they open a mail: its subject, and the first words of either part."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser
from random import Random

import pytest
from flask import Flask

from tracker.answers.reply_address import REPLY_MARK
from tracker.digests.answer_offers import AnswerOffers
from tracker.digests.body_parts import MovedMilestone, Register
from tracker.digests.parts import DigestContent, DigestItem, DigestSection, Request, RequestQuote, SectionKind
from tracker.inbound.reply_text import reply_text
from tracker.items.models import Progress
from tracker.mail.compose_email import LONGEST_SUBJECT, Email, compose, shorter
from tracker.people.models import Frequency, Person

MONDAY = date(2012, 11, 12)
NAMES = (
    "Library Board",
    "Multistakeholder Advisory Group",
    "Multistakeholder Board of the Northern Rivers",
    "Dynamic Coalition on Places to Read, Listen and Talk Undisturbed",
    "Coalition of Readers",
)
REGISTERS = [Register(name, name.lower().replace(" ", "-"), f"/b/{place}", place) for place, name in enumerate(NAMES)]
WORDS = [
    "find",
    "a",
    "room",
    "with",
    "a",
    "ramp",
    "and",
    "tell",
    "the",
    "schools",
    "of",
    "the",
    "neighbourhood",
    "about",
    "extraordinarily",
]
ANA = Person(id=7, slug="ana", name="Ana Silva", email="ana@example.org", token_epoch=1)
SITE = "https://follow.example.org"
OFFERS = AnswerOffers(SITE, "a secret", ANA, datetime.fromisoformat("2012-11-12T09:00+00:00"))


@pytest.fixture(autouse=True)
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def an_item(chance: Random, register: Register) -> DigestItem:
    number = chance.randint(1, 99_999)
    title = " ".join(chance.choices(WORDS, k=chance.randint(1, 30)))
    quote = RequestQuote("Keep the ramp.", "MR NG", "Taking stock", MONDAY)
    return DigestItem(number, number, title, register, Progress.NOT_STARTED, "Ben Ng", request=Request("Bo", "", quote))


def a_content(chance: Random, registers: list[Register]) -> DigestContent:
    """Anything that a digest or a notice may hold of these registers; there is always a request."""
    sections = []
    for register in registers:
        for kind in (SectionKind.REQUESTED, *chance.sample(list(SectionKind), k=chance.randint(0, 6))):
            if kind not in {part.kind for part in sections if part.body == register}:
                lines = tuple(an_item(chance, register) for _ in range(chance.randint(1, 4)))
                total = len(lines) + chance.choice((0, 0, 11_111))
                sections.append(DigestSection(kind, lines, total, until=MONDAY.replace(day=chance.randint(1, 28))))
    moved = (MovedMilestone("February consultations", registers[0], MONDAY, MONDAY),) * chance.randint(0, 2)
    return DigestContent("Ana Silva", MONDAY, tuple(sections), moved)


def written(mail: str, content: DigestContent, **values: object) -> Email:
    common = {"frequency": Frequency.WEEKLY, "kept_at": SITE, "stop": SITE, "mark": REPLY_MARK, "answers": OFFERS}
    return compose(
        mail, to="ana@example.org", content=content, **{**common, "reply_to": "reply+x@example.org", **values}
    )


class PreviewReader(HTMLParser):
    """Reads a mail as the list of a mail program does: the words of its body, hidden or not."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.is_body = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.is_body = self.is_body or tag == "body"

    def handle_data(self, data: str) -> None:
        if self.is_body:
            self.words += data


def preview(email: Email) -> str:
    reader = PreviewReader()
    reader.feed(email.html)
    return " ".join(reader.words.split())


def drawn() -> Iterator[tuple[list[Register], DigestContent]]:
    chance = Random(9)
    for _ in range(150):
        registers = chance.sample(REGISTERS, k=chance.choice((1, 1, 1, 2, 3)))
        yield registers, a_content(chance, registers)


def test_no_subject_is_cut_off_and_each_begins_with_a_number() -> None:
    for _, content in drawn():
        for mail in ("digest", "notice"):
            subject = written(mail, content).subject
            assert len(subject) <= LONGEST_SUBJECT, subject
            assert re.match(r"\d", subject), subject


def test_a_digest_a_notice_and_each_register_have_subjects_of_their_own() -> None:
    chance = Random(19)
    for _ in range(60):
        content = a_content(chance, REGISTERS[:1])
        mails = [
            written(mail, replace(content, sections=_of(content, register), moved=()))
            for register in REGISTERS
            for mail in ("digest", "notice")
        ]
        assert len({mail.subject for mail in mails}) == len(mails), [mail.subject for mail in mails]


def _of(content: DigestContent, register: Register) -> tuple[DigestSection, ...]:
    return tuple(
        replace(section, lines=tuple(replace(line, register=register) for line in section.lines))
        for section in content.sections
    )


@pytest.mark.parametrize("mail", ["digest", "notice"])
def test_the_first_words_are_the_news(mail: str) -> None:
    for _, content in drawn():
        email = written(mail, content)
        [first] = re.findall(r"^\d+ [a-z]+(?: [a-z]+)?", email.subject)
        first_line = email.text.splitlines()[0]
        assert first_line.startswith(first)
        assert preview(email).startswith(first)
        # All that stands above the mark is taken for the reader's own words: the news must not.
        assert first_line.endswith(REPLY_MARK)
        assert reply_text(f"done\n\n{email.text}") == "done"


@pytest.mark.parametrize("mail", ["digest", "notice"])
def test_the_mark_stands_in_the_block_of_the_news_and_only_where_replies_are_taken(mail: str) -> None:
    content = a_content(Random(3), REGISTERS[:1])
    html = written(mail, content).html
    [heading] = re.findall(r"<h1.*?</h1>", html, re.DOTALL)
    assert REPLY_MARK in heading
    assert html.index("<h1") < html.index("Library Board</bdi>")
    without = written(mail, content, reply_to=None)
    assert REPLY_MARK not in without.html + without.text


@pytest.mark.parametrize("mail", ["digest", "notice"])
def test_an_item_has_one_primary_button_before_its_quote(mail: str) -> None:
    line = an_item(Random(4), REGISTERS[0])
    content = DigestContent("Ana Silva", MONDAY, (DigestSection(SectionKind.REQUESTED, (line,), 1),))
    email = written(mail, content)
    assert len(re.findall(r'<a class="button"', email.html)) == 1
    assert email.html.count(f"{OFFERS.page_of(content.sections[0], line)}/") == 3
    assert email.html.index('<a class="button"') < email.html.index("<blockquote")
    assert email.text.index("Answer: ") < email.text.index("Keep the ramp.")


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("Find a room with a ramp", 23, "Find a room with a ramp"),
        ("Find a room with a ramp", 22, "Find a room with a…"),
        ("Find a room, with a ramp", 13, "Find a room…"),
        ("extraordinarily", 6, "extra…"),
    ],
)
def test_a_text_that_is_too_long_is_cut_at_a_word(text: str, most: int, cut: str) -> None:
    assert shorter(text, most) == cut
