"""Pages without the signs that HTML has no place for, wherever a text with one in it comes from.

What people write is cleaned; a quote is cut from a transcript as it was imported, and a form shows what was typed.
"""

import re

from flask import Flask
from werkzeug.wrappers import Response

#: C0 but for tab, line feed and carriage return, and delete: one byte each in UTF-8
PLAIN = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
#: C1, and the signs that are none: several bytes each; sought by the first byte, which few letters have
LONGER = re.compile(
    rb"[\xc2\xef-\xf4](?:(?<=\xc2)[\x80-\x9f]|(?<=\xef)(?:\xb7[\x90-\xaf]|\xbf[\xbe\xbf])"
    rb"|(?<=[\xf0-\xf4])[\x8f\x9f\xaf\xbf]\xbf[\xbe\xbf])"
)


def without_control_signs(answer: Response) -> Response:
    """Take them out of a page."""
    if answer.mimetype == "text/html" and not answer.is_streamed and not answer.direct_passthrough:
        page = answer.get_data()
        clean = LONGER.sub(b"", page.translate(None, PLAIN))
        if clean != page:
            answer.set_data(clean)
    return answer


def register(app: Flask) -> None:
    """Clean every page before it is compressed: what is registered last comes first."""
    app.after_request(without_control_signs)
