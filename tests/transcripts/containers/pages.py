"""The session as web pages, clean and unclean, and as data."""

import json
from html import escape

from tests.transcripts.containers.session import SESSION

UPPER = [(speech.speaker.upper(), escape(speech.words, quote=False)) for speech in SESSION]


def _page(body: str) -> str:
    return (
        "<!DOCTYPE html>\n<html lang=en><head><title>Harbour council</title><style>p { color: red }</style>"
        "<script>var said = 'ROSA OAK: not me';</script></head><body><nav><ul><li><a href=/>Home</a></li>"
        "<li><a href=/c>Calls: all of them</a></li></ul></nav><header><h1>The harbour</h1></header>"
        f"<div id=content>{body}</div><footer>Contact: harbour@example.org</footer></body></html>"
    )


def clean_html() -> bytes:
    body = "".join(f"<p><strong>{who}:</strong> {said}</p>\n" for who, said in UPPER)
    return _page(f"<main><h2>Third call</h2>{body}</main>").encode()


def broken_lines_html() -> bytes:
    """An old content system: everything in one paragraph, with breaks, under warnings of its own machinery."""
    warning = (
        "<br />\n<b>Warning</b>: Cannot modify header information - headers already sent by (output started at"
        " /home/site/www/includes/common.inc:2748) in <b>/home/site/www/includes/bootstrap.inc</b>"
        " on line <b>729</b><br />\n"
    )
    body = "<br />\n<br />\n".join(f"&gt;&gt;&nbsp;{who}: {said}" for who, said in UPPER)
    links = "<ul class='links inline'><li><a href='/print/1'>Printer-friendly version</a></li></ul>"
    return (warning + warning + _page(f"<p>{body}</p>{links}")).encode("cp1252")


def one_paragraph_html() -> bytes:
    """Everything in one paragraph without any break."""
    return _page("<p>" + " ".join(f">> {who}: {said}" for who, said in UPPER) + "</p>").encode()


def table_html() -> bytes:
    """A layout table: menu on the left, one cell with the session on the right."""
    body = "".join(f"<p>{who}: {said}</p>" for who, said in UPPER)
    links = "".join(f"<tr><td><a href=/{number}>Call {number}: notes</a></td></tr>" for number in range(3))
    menu = f"<table class=moduletable>{links}</table>"
    share = "<div class='share-buttons'><a href=#>Tweet</a> <a href=#>Share</a></div>"
    return _page(f"<table><tr><td>{menu}</td><td>{share}<div class=article>{body}</div></td></tr></table>").encode()


def row_html() -> bytes:
    """A table with a row a speech."""
    rows = "".join(f"<tr><td>{who}:</td><td>{said}</td></tr>" for who, said in UPPER)
    cookies = "<div class='cookie-banner' role=dialog>We use cookies. Accept: all of them</div>"
    return _page(f"{cookies}<table>{rows}</table>").encode()


def segments_json() -> bytes:
    segments = [
        {"speaker": speech.speaker, "start": at, "end": at + 3.5, "text": f" {said}"}
        for speech in SESSION
        for said, at in zip(speech.sentences, speech.seconds, strict=True)
    ]
    return json.dumps({"language": "en", "segments": segments}).encode()


def monologues_json() -> bytes:
    """Numbered speakers named elsewhere, and every word with its time."""
    names = list(dict.fromkeys(speech.speaker for speech in SESSION))
    monologues = [
        {
            "speaker": names.index(speech.speaker),
            "elements": [
                {"type": "text" if place % 2 == 0 else "punct", "value": said, "ts": float(speech.seconds[0])}
                for place, said in enumerate(" | ".join(speech.words.split()).replace("|", "\0").split("\0"))
            ],
        }
        for speech in SESSION
    ]
    return json.dumps(
        {"speakers": [{"id": n, "name": name} for n, name in enumerate(names)], "monologues": monologues}
    ).encode()


def text(newline: str = "\n", mark: str = "", blank: str = " ") -> str:
    """Plain text with a label a paragraph."""
    paragraphs = (f"{mark}{speech.speaker.upper()}:{blank}{speech.words}" for speech in SESSION)
    return (newline * 2).join(paragraphs) + newline
