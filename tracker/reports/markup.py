"""Text for what is XML inside: drawings, documents, slides."""

import re

#: C0 but for tab and newline, and the two that are no characters at all
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def for_xml(text: str) -> str:
    """Return the text without what XML has no place for."""
    return NOT_XML.sub(" ", text)
