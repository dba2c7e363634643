"""Indirect speech of summary records and minutes: `12. Mr. SMITH (France) said that …`; the paragraph is the turn."""

import re

from tracker.transcripts.layouts.line_parts import PrintedLabel

WHO = (
    r"(?:(?:The|Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillors?|Councilman|Councilwoman|Councilmember|Alderman"
    r"|Mayor|Commissioner|Ambassador|Judge|Sir|Dame|Lord|Baroness|Senator|Member|Delegate|H\.E)\.?[ \xa0]{1,2})"
    r"[^\W\d_][^\r\n:;?!]{0,70}?"
)
VERB = (
    r"(?:said|stated|asked|replied|answered|added|noted|observed|reported|suggested|proposed|recommended|explained|moved"
    r"|expressed|welcomed|thanked|agreed|pointed out|recalled|stressed|emphasi[sz]ed|drew attention|wondered|requested"
    r"|introduced|presented|considered|felt|believed|supported|urged|called (?:for|on|upon)|concluded|declared"
    r"|announced|invited|reminded|commended|acknowledged|confirmed|clarified|indicated|informed|highlighted|remarked|opened|closed"
    r"|seconded|advised|outlined|enquired|inquired|commented|raised|referred|spoke|submitted|shared|objected|regretted"
    r"|appreciated|described|favou?red|hoped|maintained|warned|sought|queried|took the floor)"
)
PARAGRAPH = re.compile(
    rf"^[ \t]*(?:\(?\d{{1,4}}[.)][ \t]*)?(?P<label>{WHO}(?:[ \xa0]\([^()\r\n]{{1,60}}\))?)"
    rf"(?:,[^,\r\n]{{1,90}},|,)?[ \xa0](?:then |also |further |next |therefore |again )?{VERB}\b",
    re.M,
)
NUMBER = re.compile(r"[ \t]*(?:\(?\d{1,4}[.)][ \t]*)?")
# A paragraph with a number of its own, or of the meeting as a whole; one that goes on with a pronoun is none.
GENERAL = re.compile(
    r"^[ \t]*(?:\(?\d{1,4}[.)][ \t]+(?!(?:H[e]|She|They|It|H[i]s|Her)\b)(?=\S)|(?:The (?i:meeting|committee|council"
    r"|board|session|sitting|motion|minutes)|It was|There (?:was|were)|Apologies|AGENDA|Agenda|Present)\b)",
    re.M,
)
HEADING = re.compile(r"^[ \t]*(?:(?:\d{1,3}|[A-Z])[.)]?[ \t]+|Agenda item )?[A-Z][^.;!?\r\n]{2,70}$(?<![,:])", re.M)
LEAST = 3
#: within a label: beyond them the words before the verb are a sentence of their own
MAX_BLANKS = 8


def indirect_speech_labels(text: str) -> list[PrintedLabel]:
    """A label for each paragraph that tells what somebody said; paragraphs that tell of nobody end the one before."""
    paragraph_labels = []
    for hit in PARAGRAPH.finditer(text):
        if hit["label"].count(" ") <= MAX_BLANKS:
            paragraph_labels.append(PrintedLabel(hit["label"], hit.start(), _after_number(text, hit)))
    if len(paragraph_labels) < LEAST:
        return []
    named = {label.start for label in paragraph_labels}
    first = paragraph_labels[0].start
    heads = [hit for hit in HEADING.finditer(text, first) if hit.start() not in named]
    paragraph_labels += [PrintedLabel(None, hit.start(), hit.end(), silent=True) for hit in heads]
    taken = {label.start for label in paragraph_labels}
    general = [hit for hit in GENERAL.finditer(text, first) if hit.start() not in taken]
    paragraph_labels += [PrintedLabel(None, hit.start(), _after_number(text, hit)) for hit in general]
    return sorted(paragraph_labels, key=lambda label: label.start)


def _after_number(text: str, paragraph: re.Match[str]) -> int:
    """Return the character after the paragraph's number, where it has one: a pronoun or name after it is spoken."""
    number = NUMBER.match(text, paragraph.start())
    if number:
        return number.end()
    return paragraph.start()
