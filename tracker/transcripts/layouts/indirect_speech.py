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
# A paragraph with a number of its own, or of the meeting as a whole; one that goes on with `He` or `She` is none.
GENERAL = re.compile(
    r"^[ \t]*(?:\(?\d{1,4}[.)][ \t]+(?!(?:He|She|They|It|His|Her)\b)(?=\S)|(?:The (?i:meeting|committee|council|board"
    r"|session|sitting|motion|minutes)|It was|There (?:was|were)|Apologies|AGENDA|Agenda|Present)\b)",
    re.M,
)
HEADING = re.compile(r"^[ \t]*(?:(?:\d{1,3}|[A-Z])[.)]?[ \t]+|Agenda item )?[A-Z][^.;!?\r\n]{2,70}$(?<![,:])", re.M)
LEAST = 3


def reported(text: str) -> list[PrintedLabel]:
    """A label for each paragraph that tells what somebody said; paragraphs that tell of nobody end the one before."""
    found = []
    for hit in PARAGRAPH.finditer(text):
        numbered = NUMBER.match(text, hit.start())
        if hit["label"].count(" ") <= 8:
            found.append(PrintedLabel(hit["label"], hit.start(), numbered.end() if numbered else hit.start()))
    if len(found) < LEAST:
        return []
    named = {label.start for label in found}
    first = found[0].start
    heads = [hit for hit in HEADING.finditer(text, first) if hit.start() not in named]
    found += [PrintedLabel(None, hit.start(), hit.end(), silent=True) for hit in heads]
    taken = {label.start for label in found}
    found += [_nobody(text, hit) for hit in GENERAL.finditer(text, first) if hit.start() not in taken]
    return sorted(found, key=lambda label: label.start)


def _nobody(text: str, hit: re.Match[str]) -> PrintedLabel:
    numbered = NUMBER.match(text, hit.start())
    return PrintedLabel(None, hit.start(), numbered.end() if numbered else hit.start())
