"""Set a talk in a layout: the text as it would be published, and the turns that stand in it."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
HEAD = (
    "Harbour Forum\n\nMain Session: Who Mends the Cables\n8 November 2012\n\n"
    "This text was typed live and may hold errors.\n\n"
)
FOOT = "\n\nEnd of session\nCaptioned by Swift Hands\n"
ORGS = ("Sea School", "Harbour Board", "ISLENET", "Tide Union", "University of Tarrow", "Bluewave Ltd")
BOTS = "<RRSAgent> logging to https://example.org/log-irc\n<Zakim> I see 6 people on the call\n"
SPEAKING_WRITER = re.compile(r"^(?P<who>[\w?]+)(?:\|(?P<label>[^>]*))?> (?P<say>.*)$")


@dataclass(frozen=True)
class Person:
    """Somebody of a talk: their name, the role or initials they are printed under, and a title's sex."""

    name: str
    role: str
    sex: str


@dataclass(frozen=True)
class Said:
    """One speech of a talk; `label` is set where something else than the speaker's name is printed."""

    person: Person | None
    label: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Gold:
    """A turn that stands in the text: label as printed, and who really speaks."""

    label: str | None
    person: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Setting:
    """One line of layouts.tsv for one talk."""

    part: str
    group: str
    name: str
    talk: str
    line: str
    options: frozenset[str]


@dataclass(frozen=True)
class Page:
    """A text with the turns that are to be found in it."""

    setting: Setting
    text: str
    gold: tuple[Gold, ...]


def settings() -> Iterator[Setting]:
    """Every layout with every talk that is set in it."""
    for line in (HERE / "layouts.tsv").read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            part, group, name, talks, form, *more = line.split("\t")
            form = form.replace("\\n", "\n").replace("\\t", "\t")
            for talk in talks.split(","):
                yield Setting(part, group, name, talk, form, frozenset((more or [""])[0].split(",")))


def talk(name: str) -> list[Said]:
    """The speeches of a talk in order."""
    people: dict[str, Person] = {}
    said: list[Said] = []
    for line in (HERE / "talks" / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            key, _, rest = line[1:].partition("=")
            fields = [field.strip() for field in rest.split(" / ")]
            people[key.strip()] = Person(fields[0], fields[1] if len(fields) > 2 else "", fields[-1])
        elif hit := SPEAKING_WRITER.match(line):
            said.append(Said(people.get(hit["who"]), hit["label"], tuple(hit["say"].split("¶"))))
    return said


def page(setting: Setting) -> Page:
    """The text of a setting and its gold; option `nbsp` puts no-break spaces, `crlf` the newlines of Windows."""
    speeches = talk(setting.talk)
    text = HEAD if "head" in setting.options else ""
    if "legend" in setting.options:
        people = {one.person.name: one.person for one in speeches if one.person}
        told = ", ".join(f"{person.name} ({person.role})" for person in people.values())
        if setting.name.endswith("equal"):
            told = "\n".join(f"{person.role} = {person.name}" for person in people.values())
        text += f"Present: {told}\n\n" if "equal" not in setting.name else f"Participants\n{told}\n\n"
    gold: list[Gold] = []
    for number, said in enumerate(speeches):
        if "bots" in setting.options and number % 8 == 2:
            text += BOTS
        text = _set(setting, speeches, number, said, text, gold)
    if "foot" in setting.options:
        text += FOOT
    if "crlf" in setting.options:
        gold = [_windows(text, one) for one in gold]
        text = text.replace("\n", "\r\n")
    return Page(setting, text.replace(".  ", ".\xa0 ") if "nbsp" in setting.options else text, tuple(gold))


def _windows(text: str, one: Gold) -> Gold:
    before, inside = text.count("\n", 0, one.start), text.count("\n", one.start, one.end)
    return Gold(one.label, one.person, one.start + before, one.end + before + inside)


def _set(setting: Setting, speeches: list[Said], number: int, said: Said, text: str, gold: list[Gold]) -> str:
    fields = _fields(speeches, number, said, setting)
    before, after = setting.line.split("{say}")
    label, printed = _printed(before, fields)
    words = _words(setting, said)
    if "lower" in setting.options:
        words, printed = words.lower(), printed.lower()
        label = label and label.lower()
    text += printed
    person = said.person.name if said.person else None
    gold.append(Gold(None if "bare" in setting.options else label, person, len(text), len(text) + len(words)))
    return text + words + after


NAMES = re.compile(
    r"(?:\{(?:Dr|Title|ROLE)\} ?)*\{(?:Full|CAPS|TITLE|Given|given|IN|nick|full|SURNAME)\}(?:,? \(?\{(?:ORG|Org)\}\)?)?"
    r"|(?:SPEAKER|Speaker) \{k\}"
)


def _printed(form: str, fields: dict[str, str]) -> tuple[str | None, str]:
    """The label and all that is printed before the speech."""
    place = NAMES.search(form)
    if place is None:
        return None, form.format(**fields)
    own = fields["own"]
    label = own or place[0].format(**fields)
    return label, form[: place.start()].format(**fields) + label + form[place.end() :].format(**fields)


def _words(setting: Setting, said: Said) -> str:
    if "flat" in setting.options or setting.line.endswith(" ") or "bullets" in setting.name:
        return " ".join(said.paragraphs)
    if "scribe" in setting.options:
        mark = "..." if "dots" in setting.name else "…"
        clock = "12:00:00 " if "clock" in setting.line else ""
        return f"\n{clock}<scribe> {mark} ".join(said.paragraphs)
    joint = "\n\n" if setting.line.endswith("\n\n") else "\n"
    wrapped = said.paragraphs
    if "wrap" in setting.options:
        wrapped = tuple(textwrap.fill(paragraph, 60) for paragraph in said.paragraphs)
    return joint.join(wrapped)


def _fields(speeches: list[Said], number: int, said: Said, setting: Setting) -> dict[str, str]:
    name = said.person.name if said.person else "Unknown Speaker"
    role = said.person.role if said.person else ""
    words = name.split()
    order = list(dict.fromkeys(one.person for one in speeches))
    place = order.index(said.person)
    title = "Ms" if said.person and said.person.sex == "f" else "Mr"
    seconds = 7 + 41 * number
    capital = "CAPS" in setting.line or "TITLE" in setting.line
    printed_role = role if "organisation" in setting.name or (len(role) > 3 and capital) else ""
    own = said.label or (printed_role if "{ROLE}" not in setting.line else "") or ""
    if own and not capital:
        own = own.title()
    if "nick" in setting.line or "IN" in setting.line or "given" in setting.line.lower() or "{k}" in setting.line:
        own = ""
    return {
        "own": own,
        "Full": name, "CAPS": name.upper(), "full": name.lower(), "Title": title,
        "TITLE": f"{title} {words[-1]}".upper(),
        "SURNAME": words[-1].upper(), "Given": words[0], "given": words[0].lower(), "IN": role or "XX",
        "nick": words[0].lower()[:4] + words[-1][0].lower(), "ROLE": f"{role} " if role else f"{title.upper()} ",
        "Dr": ("Dr.", "Prof.", "Ambassador", title)[place % 4], "ORG": ORGS[place % 6].upper(), "Org": ORGS[place % 6],
        "hms": f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}",
        "ms": f"{seconds // 60}:{seconds % 60:02}",
        "clock": f"15:{seconds // 60 % 60:02}:{seconds % 60:02}", "hm": f"10:{seconds // 60 % 60:02}",
        "n": str(number + 1), "k": str(place + 1),
    }  # fmt: skip


MARK = re.compile(r"⟪(?:(?P<label>[^|⟫]*)\|(?P<person>[^⟫]*))?⟫")


def marked_pages() -> Iterator[Page]:
    """Pages written by hand: `⟪label|person⟫` stands before a speech and `⟪⟫` after it."""
    for path in sorted((HERE / "pages").glob("*.txt")):
        part, _, name = path.stem.partition("-")
        text, gold = _unmarked(path.read_text("utf-8"))
        yield Page(Setting(part, "pages", name, "", "", frozenset()), text, gold)


def _unmarked(source: str) -> tuple[str, tuple[Gold, ...]]:
    text, last = "", 0
    gold: list[Gold] = []
    opened: tuple[str | None, str | None, int] | None = None
    for mark in MARK.finditer(source):
        text += source[last : mark.start()]
        last = mark.end()
        if mark["label"] is not None:
            opened = (mark["label"] or None, mark["person"] or None, len(text))
        elif opened:
            gold.append(Gold(opened[0], opened[1], opened[2], len(text)))
    return text + source[last:], tuple(gold)
