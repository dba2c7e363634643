"""The shapes of status marks as drawings: no font has all of these signs, and each draws them in its own size.

A drawing is 12 units square, with one stroke throughout. Page, PDF, document and slide draw it; where there is only
text (mails, Markdown) its sign of `SHAPES` stands instead.
"""

#: units of every stroke, and of the square that a shape stands in
STROKE = 1.25
SIZE = 12

_CIRCLE = '<circle cx="6" cy="6" r="4.5"/>'
_BOX = '<path d="M1.75 1.75h8.5v8.5h-8.5z"/>'
_DIAMOND = "M6 1.25 10.75 6 6 10.75 1.25 6z"


def _filled(path: str) -> str:
    return f'<path d="{path}" fill="currentColor" stroke="none"/>'


#: by its sign in text: progress is round, a response square or an arrow, a position a sign of arithmetic
DRAWINGS: dict[str, str] = {
    "○": _CIRCLE,
    "◐": _CIRCLE + _filled("M6 1.5v9a4.5 4.5 0 0 1 0-9z"),
    "⧖": '<path d="M2.5 1.5h7L6 6l3.5 4.5h-7L6 6z"/>',
    "◕": _CIRCLE + _filled("M6 6V1.5A4.5 4.5 0 1 1 1.5 6z"),
    "●": '<circle cx="6" cy="6" r="4.5" fill="currentColor"/>',
    "⊘": _CIRCLE + '<path d="m2.8 9.2 6.4-6.4"/>',
    "□": _BOX,
    "⇥": '<path d="M.75 6h7M4.75 3l3 3-3 3M10.75 2v8"/>',
    "⊡": _BOX + _filled("M5.25 5.25h1.5v1.5h-1.5z"),
    "✓": '<path d="m1.5 6.5 3 3 6-7"/>',
    "◪": _BOX + _filled("M10.25 1.75v8.5h-8.5z"),
    "✕": '<path d="m2 2 8 8M10 2 2 10"/>',
    "↗": '<path d="m2.5 9.5 7-7M4 2.5h5.5V8"/>',
    "↷": '<path d="M1.5 9.5V7a3.75 3.75 0 0 1 7.5 0v2.5M6.5 7 9 9.5 11.5 7"/>',
    "+": '<path d="M6 1.5v9M1.5 6h9"/>',
    "±": '<path d="M6 .75v7M2.5 4.25h7M2.5 10.5h7"/>',
    "−": '<path d="M1.5 6h9"/>',
    "≠": '<path d="M1.5 4.25h9M1.5 7.75h9M8.5 1.5l-5 9"/>',
    "!": '<path d="M6 1v6M6 9v1.75"/>',
    "?": '<path d="M3.25 3.75a2.75 2.75 0 1 1 4 2.4C6.4 6.6 6 7 6 8M6 9.25V11"/>',
    "◇": f'<path d="{_DIAMOND}"/>',
    "◆": f'<path d="{_DIAMOND}" fill="currentColor"/>',
}


def svg_file(shape: str, colour: str) -> str:
    """Return the drawing of a sign of `SHAPES` as an SVG of its own, in one colour (#rrggbb)."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}"'
        f' fill="none" stroke="{colour}" stroke-width="{STROKE}">'
        f"{DRAWINGS[shape].replace('currentColor', colour)}</svg>"
    )
