"""Text that people wrote: the short way for a line without signs comes out as the long one."""

import pytest

from tracker.mail.markdown import _converted, safe_markdown

LINES = (
    "We met on 9 November; it's done: 50 % of €20 (“half”), see http://a.example/b?c=d.",
    "1 of 5, then 1.5 metres | C++ ~ {a} ^ \"q\" 'r' $5 !",
    "1. one",
    "2) two",
    "- a dash",
    "= a rule",
    "    code",
    "ends in two blanks  ",
    "no\u00a0break and \u2028 a separator",
    "two\nlines",
    "two\n\nparagraphs",
    "**bold** and `code`",
    "<script>alert(1)</script> & so on",
    "[a](javascript:alert(1))",
    "\x02wzxhzdk:0\x03",
    "",
)


@pytest.mark.parametrize("text", LINES)
def test_a_line_without_signs_comes_out_as_markdown_would_write_it(text: str) -> None:
    assert safe_markdown(text) == _converted(text)
