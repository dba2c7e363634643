"""What somebody wrote in a reply: the text above the marker line, without what their mail program quotes."""

import re

from quotequail import quote

from tracker.answers.reply_address import REPLY_MARK
from tracker.inbound.reply_lines import read_command

#: no line that a mail program writes is longer; a pattern may take the square of a line's length
LONGEST = 400
#: marks of direction that programs put around a line, which nobody sees
UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
#: where a signature begins (RFC 3676, 4.3), and what telephones and programs put below a text
SIGNATURE = re.compile(
    r"-- ?$|(?:Sent (?:from|with|by|via)|Get Outlook|Von meinem|Gesendet (?:mit|von)|Envoyé|Télécharge[rz]|Obtenez"
    r"|Enviado|Obtener|Отправлено|Скачать|Получить|发自|從我的|从我的|获取|تم الإرسال|مرسل|أرسلت|أُرسلت|Inviato)"
    r".*(?:phone|ipad|android|samsung|galaxy|huawei|xiaomi|outlook|proton|yahoo|mail|айфон|هاتف|手机)"
    r"|.{1,60}(?:iPhone|iPad|Android\S*|Outlook.{0,20}) (?:gesendet|herunterladen)",
    re.IGNORECASE,
)
#: the line with which mail programs of many languages begin what they quote: a date, a name, and a colon at its end
ATTRIBUTION = re.compile(r".{0,300}(?:\d{4}|<[^<>]{1,200}@[^<>]{1,200}>).{0,200}[:：]$")
#: what some programs draw above a quote, with words or without
RULE = re.compile(r"(?:-{3,}|={5,}|_{5,}|\*{5,})[^-_=*]{0,100}(?:-{3,}|={5,}|_{5,}|\*{5,})$|_{5,}$")
RULE_WITH_WORDS = re.compile(r"-{3,} ?[^\W\d][^-]{2,80}-{3,}$")
#: "From: …", "Gesendet: …", "Тема: …"
HEADER = re.compile(r"[*> ]{0,4}([^\W\d][\w ]{0,20})\*? ?[:：]\*?(?: .*|\S.*|)$")
#: who wrote it and what it is about, in the headers that some programs put above a quote
FROM = frozenset(
    {"from", "von", "de", "от", "от кого", "من", "发件人", "發件人", "寄件者", "da", "van", "från", "fra", "od"}
)
ABOUT = frozenset({
    "sent", "date", "subject", "to", "gesendet", "datum", "betreff", "an", "envoyé", "objet", "à", "enviado", "enviada",
    "fecha", "asunto", "para", "data", "assunto", "отправлено", "дата", "тема", "кому", "تم الإرسال", "التاريخ",
    "الموضوع", "إلى", "تاريخ الإرسال", "发送时间", "日期", "收件人", "主题", "時間", "主旨", "inviato", "oggetto", "a",
    "verzonden", "onderwerp", "aan", "skickat", "ämne", "till",
})  # fmt: skip
FEWEST_HEADERS = 3


def reply_text(text: str) -> str:
    """Return what was written above the quote, trimmed; "" where nothing was."""
    lines = [UNSEEN.sub("", line).rstrip() for line in re.split(r"\r\n?|\n", text)]
    own = lines[: next((number for number, line in enumerate(lines) if _ends(lines, number)), len(lines))]
    # The library knows more words with which programs begin to quote.
    shown = "\n".join(part for is_shown, part in quote("\n".join(own)) if is_shown).split("\n")
    return "\n".join(_above_attribution([line for line in shown if not line.startswith(">")])).strip()


def _ends(lines: list[str], number: int) -> bool:
    """Tell whether with that line ends what the author wrote, whatever stands below it."""
    line = lines[number].strip()
    if REPLY_MARK in line:
        return True
    if not line or len(line) > LONGEST:
        return False
    return (
        bool(SIGNATURE.match(line) or RULE_WITH_WORDS.match(line))
        or _introduces(lines, number)
        or _heads(lines, number)
    )


def _introduces(lines: list[str], number: int) -> bool:
    """Tell whether the line says whose words follow: it ends the text, or a quote with its marks comes next."""
    if not ATTRIBUTION.match(lines[number].strip()):
        return False
    following = next((line for line in lines[number + 1 :] if line.strip()), ">")
    return following.startswith(">") or "@" in lines[number]


def _heads(lines: list[str], number: int) -> bool:
    """Tell whether the headers of a quoted mail begin here: who wrote it, and within three lines when or about what."""
    if _header(lines[number]) not in FROM:
        return False
    return any(_header(line) in ABOUT for line in lines[number + 1 : number + 4])


def _header(line: str) -> str | None:
    hit = HEADER.match(line[:LONGEST].strip())
    if hit is None:
        return None
    return hit[1].strip().casefold()


def _above_attribution(lines: list[str]) -> list[str]:
    """Return the lines without headers, rules and introductions of a quote at their end, in whatever language."""
    last = len(lines)
    while last and _is_of_quote(lines[last - 1].strip()):
        last -= 1
    first = last
    while first and HEADER.match(lines[first - 1][:LONGEST]) and not read_command(lines[first - 1]):
        first -= 1
    if last - first >= FEWEST_HEADERS:
        return _above_attribution(lines[:first])
    return lines[:last]


def _is_of_quote(line: str) -> bool:
    return not line or (len(line) <= LONGEST and bool(ATTRIBUTION.match(line) or RULE.match(line)))
