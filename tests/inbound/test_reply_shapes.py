"""Whatever program and language a reply comes from: what its author wrote at its head counts, and nothing else."""

from email.message import EmailMessage, Message
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from tests.inbound.reply_shapes import OTHERS, OWN, SHAPES, Shape
from tests.inbound.stage import reply
from tracker.answers.choices import MailAnswer
from tracker.inbound.incoming_mail import MOST_CHARACTERS, read_mail
from tracker.inbound.reply_lines import ReplyLine, read_lines
from tracker.inbound.reply_text import reply_text

NUMBERS = (6, 9)


def lines_of(message: Message | bytes) -> list[ReplyLine]:
    raw = message if isinstance(message, bytes) else message.as_bytes()
    return read_lines(reply_text(read_mail(raw).text), NUMBERS)


def mail_of(shape: Shape, own: str) -> Message:
    body = shape.body.replace(OWN, own.replace("\n", "<br>") if shape.is_html else own)
    return MIMEText(body, "html" if shape.is_html else "plain", "utf-8")


def test_there_are_sixty_shapes_and_more() -> None:
    assert len({shape.name for shape in SHAPES}) == len(SHAPES) >= 60


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_of_every_shape_only_the_authors_words_are_read(shape: Shape) -> None:
    for own, note in (("9 done", ""), ("9 done\nIt is on the page.", "It is on the page.")):
        [line] = lines_of(mail_of(shape, own))
        assert (line.number, line.answer, line.text) == (9, MailAnswer.DONE, note)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_where_the_author_wrote_nothing_nothing_is_read(shape: Shape) -> None:
    assert lines_of(mail_of(shape, "")) == []


@pytest.mark.parametrize("own", ["html", "plain"])
@pytest.mark.parametrize("attached", ["message", "inline file", "named text", "attachment", "page"])
def test_what_comes_with_a_mail_is_not_read(own: str, attached: str) -> None:
    mail = MIMEMultipart("mixed")
    mail.attach(MIMEText("<p>9 done</p>" if own == "html" else "9 done", own))
    other = MIMEText(OTHERS, "html" if attached == "page" else "plain")
    if attached == "message":
        other = MIMEMessage(other)  # type: ignore[assignment,arg-type]
    elif attached == "inline file":
        other.add_header("Content-Disposition", "inline", filename="notes.txt")
    elif attached == "named text":
        other.set_param("name", "notes.txt")
    elif attached == "attachment":
        other.add_header("Content-Disposition", "attachment")
    mail.attach(other)
    assert [(line.number, line.answer) for line in lines_of(mail)] == [(9, MailAnswer.DONE)]
    # Whoever puts the file first sends it all the same.
    mail.set_payload(list(reversed(mail.get_payload())))  # type: ignore[arg-type]
    if attached not in ("page",):
        assert [(line.number, line.answer) for line in lines_of(mail)] == [(9, MailAnswer.DONE)]


def test_of_alternatives_the_plain_one_is_read_unless_it_is_empty() -> None:
    for plain, number in (("9 done", 9), (" \n", 6)):
        mail = EmailMessage()
        mail.set_content(plain)
        mail.add_alternative("<p>6 done</p>", subtype="html")
        [line] = lines_of(mail)
        assert line.number == number


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "koi8-r", "utf-16", "no-such-charset"])
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_encodings(charset: str, encoding: str) -> None:
    known = "utf-8" if charset == "no-such-charset" else charset
    mail = EmailMessage()
    mail.set_content("9 done: готово".encode(known), "text", "plain", cte=encoding)
    mail.set_param("charset", charset)
    [line] = lines_of(mail)
    assert (line.answer, line.detail) == (MailAnswer.DONE, "готово")


def test_lines_that_a_program_broke_are_joined() -> None:
    mail = MIMEText("9 done: it is on \nthe page\n-- \nAna\n", "plain")
    mail.set_param("format", "flowed")
    [line] = lines_of(mail)
    assert line.detail == "it is on the page"


@pytest.mark.parametrize("sign", ["-", ">", "_", " ", "a: ", "<a@", "2012", "On ", "=-", "*"])
def test_a_reply_of_one_sign_is_a_note_like_any_other(sign: str) -> None:
    text = (sign * MOST_CHARACTERS)[:MOST_CHARACTERS] + "x"
    assert len(lines_of(reply("a@example.org", f"9 done\n{text}"))) == 1
