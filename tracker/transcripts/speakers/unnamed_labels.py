"""Who speaks under a label that is not their name: CHAIR, NEW SPEAKER, BRAZIL, initials, or no label at all.

What speakers say of themselves counts most; then a legend in the head; then who was given the floor just before, and
who is thanked just after. What points to two people names neither.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.text import words
from tracker.transcripts.speakers.country_names import is_country
from tracker.transcripts.speakers.floor_giving import NAME, find_called, find_thanked, names_called
from tracker.transcripts.speakers.name_evidence import LabelledRange
from tracker.transcripts.speakers.name_legends import Legend
from tracker.transcripts.speakers.name_pool import Pool
from tracker.transcripts.speakers.printed_names import TITLES, folded, is_initials, parse, words_of
from tracker.transcripts.speakers.self_introductions import SpokenIntroduction
from tracker.transcripts.speakers.stated_affiliations import ORGANISED

# Labels that several people bear one after the other.
ANYBODY = words(
    "new unknown unidentified participant participants audience floor member questioner voice male female man woman"
    " delegate panelist panellist speakers attendee guest"
)
CHAIRS = words("chair chairman chairwoman chairperson president moderator co-chair cochair facilitator")
CHAIR_TO = re.compile(
    r"\b(?:hand|give|pass|turn|leave)\s+(?:over\s+)?(?:the|my)\s+(?:chair|gavel|chairmanship|role\s+of\s+chair|moderation)\s+"
    rf"(?:over\s+|back\s+)?to\s+(?:(?:our|my|the)\s+(?:[\w-]+\s+){{0,2}}[\w-]+,?\s+)?{NAME}"
)
ENVOY = re.compile(
    r"(?:the\s+)?(?:permanent\s+)?(?:representative|delegate|delegation|observer)\s+(?:of|for|from)\b", re.I
)
NUMBERED = re.compile(r"\d")
IN_BRACKETS = re.compile(r"[(\[]\s*(?P<name>[^()\[\]]{3,60}?)\s*[)\]]")
SAYS = 5.0  # what each kind of hint weighs
LEGEND = 6.0
TOOK_OVER = 4.0
HANDED = 2.0
THANKED = 2.0
SURE = 2.0  # weight from which a name is believed, and times by which it must lead


@lru_cache(maxsize=4096)
def is_nobodys(label: str | None) -> bool:
    """Whether a label is no person's name: a role, a country, an organisation, or none at all."""
    if label is None:
        return True
    plain = {folded(word) for word in words_of(label)}
    if ENVOY.match(label) or is_initials(label):
        return True
    return parse(label).role or is_country(label.split("(")[0]) or (bool(plain & ORGANISED) and not plain & TITLES)


@dataclass(frozen=True)
class Behind:
    """The name behind each speech whose label is nobody's, by its place; and labels whose hints point to two people."""

    names: dict[int, str]
    doubts: tuple[tuple[str, str], ...] = ()


def name_unnamed(
    text: str,
    speeches: Sequence[LabelledRange],
    labelled: Mapping[str, str],
    introduced: Mapping[int, SpokenIntroduction],
    pool: Pool,
    head_legend: Legend,
) -> Behind:
    """Who is behind the labels that are no names.

    `labelled` gives the names behind the other labels, `said` the self-introductions by the place of their speech.
    """
    if not any(is_nobodys(speech.label) for speech in speeches):
        return Behind({})
    hints = Hints(text, speeches, labelled, introduced, pool, head_legend)
    for place, speech in enumerate(speeches):
        hints.listen(place, speech)
    return hints.decided()


class Hints:
    """What the speeches of one text tell of their speakers, gathered place by place."""

    def __init__(
        self,
        text: str,
        speeches: Sequence[LabelledRange],
        labelled: Mapping[str, str],
        introduced: Mapping[int, SpokenIntroduction],
        pool: Pool,
        head_legend: Legend,
    ) -> None:
        self.text = text
        self.speeches = speeches
        self.labelled = labelled
        self.said = introduced
        self.pool = pool
        self.legend = head_legend
        self.votes: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        self.holder: dict[str, int] = {}
        self.terms: dict[int, list[int]] = defaultdict(list)
        self.calls: dict[int, str] = {}
        self.thanks: dict[int, str] = {}
        self.new_chair: str | None = None
        self.hidden = [is_nobodys(speech.label) for speech in speeches]
        for speech in speeches:
            for name in names_called(text, speech.start, speech.end):
                self.pool.add(name)
        self.called = self._heard(find_called, 1)
        self.thanked = self._heard(find_thanked, -1)
        self.takeovers = {hit.start(): hit["name"] for hit in CHAIR_TO.finditer(text)}

    def _heard(self, listen: Callable[[str, int, int], str | None], step: int) -> list[str | None]:
        """Whom each speech names, where the one `step` after it has a label that names nobody."""
        aims = range(step, len(self.speeches) + step)
        are_hidden = [0 <= aim < len(self.speeches) and self.hidden[aim] for aim in aims]
        spans = zip(are_hidden, self.speeches, strict=True)
        spoken = [listen(self.text, speech.start, speech.end) if ask else None for ask, speech in spans]
        for name in filter(None, spoken):
            self.pool.add(name)
        return spoken

    def listen(self, place: int, speech: LabelledRange) -> None:
        """Note what one speech says of its own speaker, of the one before and of the one after."""
        introduced = self.said.get(place)
        own = None
        if introduced:
            own = self.pool.full(introduced.name)
        term = self._term(place, speech, own)
        if own:
            self.votes[term][own] += SAYS
        self._note(self.thanks, place - 1, self.thanked[place])
        self._note(self.calls, place + 1, self.called[place])
        self._named_chair(place, speech)
        for start in [start for start in self.takeovers if speech.start <= start < speech.end]:
            self.new_chair = self.pool.full(self.takeovers[start]) or self.new_chair

    def _named_chair(self, place: int, speech: LabelledRange) -> None:
        """A label such as CHAIR OAK ties the bare role to that person."""
        role = next((word for word in map(folded, words_of(speech.label or "")) if word in CHAIRS), None)
        name = self.labelled.get(speech.label or "")
        if role and name and not self.hidden[place]:
            self.votes[self.holder.setdefault(role, place)][name] += TOOK_OVER

    def _term(self, place: int, speech: LabelledRange, own: str | None) -> int:
        """The place that stands for all speeches of one holder of this label; a new holder begins a new term."""
        label = folded(speech.label or "")
        plain = {folded(word) for word in words_of(label)}
        passing = bool(plain & ANYBODY or plain == {"speaker"}) and not NUMBERED.search(label)
        if not self.hidden[place] or not label or passing:
            term = place
        else:
            term = self.holder.setdefault(label, place)
            chair = bool(plain & CHAIRS)
            before = _ranked(self.votes[term])
            other = own and before and before[0][1] >= SAYS and before[0][0] != own
            if chair and (self.new_chair or other) and term != place:
                term = self.holder[label] = place
            if chair and self.new_chair:
                self.votes[term][self.new_chair] += TOOK_OVER
                self.new_chair = None
            elif explained := self._explained(label, place, term):
                self.votes[term][explained] += LEGEND
        self.terms[term].append(place)
        return term

    def _explained(self, label: str, place: int, term: int) -> str | None:
        """Whom the legend names for a role or for initials, where its first holder begins to speak."""
        if place != term or self.terms[term]:
            return None
        key = " ".join(folded(word) for word in words_of(label))
        return self.legend.roles.get(label) or self.legend.keys.get(key)

    def _note(self, kind: dict[int, str], place: int, spoken: str | None) -> None:
        name = spoken and self.pool.full(spoken)
        if name and 0 <= place < len(self.speeches):
            kind[place] = name

    def decided(self) -> Behind:
        """Weigh all hints, the surest name for each term."""
        for kind, weight in ((self.calls, HANDED), (self.thanks, THANKED)):
            for term, places in self.terms.items():
                for place in places:
                    if place in kind:
                        self.votes[term][kind[place]] += weight
        names: dict[int, str] = {}
        doubts: list[tuple[str, str]] = []
        for term, places in self.terms.items():
            if best := self._best(term, doubts):
                names.update((place, best) for place in places if self.hidden[place])
        self._returned(names)
        return Behind(names, tuple(dict.fromkeys(doubts)))

    def _best(self, term: int, doubts: list[tuple[str, str]]) -> str | None:
        in_brackets = IN_BRACKETS.search(self.speeches[term].label or "")
        if in_brackets and parse(in_brackets["name"]).surname and parse(in_brackets["name"]).title:
            return self.pool.full(in_brackets["name"])
        ranked = _ranked(self.votes[term])[:2]
        if not ranked or ranked[0][1] < SURE:
            return None
        if len(ranked) > 1 and ranked[0][1] < SURE * ranked[1][1]:
            label = self.speeches[term].label
            if label and ranked[0][1] >= SAYS:
                doubts += [(label, name) for name, _ in ranked]
            return None
        return ranked[0][0]

    def _returned(self, names: dict[int, str]) -> None:
        """Who gave the floor speaks again when the one they called has spoken and is thanked by name."""
        for place in range(2, len(self.speeches)):
            if self.speeches[place].label is not None or place in names:
                continue
            giver = self._name_at(names, place - 2)
            between = self._name_at(names, place - 1)
            if giver and between and between in self._called(place - 2) and between == self._thanked(place):
                names[place] = giver

    def _name_at(self, names: Mapping[int, str], place: int) -> str | None:
        return names.get(place) or self.labelled.get(self.speeches[place].label or "")

    def _called(self, place: int) -> set[str | None]:
        speech = self.speeches[place]
        return {self.pool.full(name) for name in names_called(self.text, speech.start, speech.end)}

    def _thanked(self, place: int) -> str | None:
        spoken = find_thanked(self.text, self.speeches[place].start, self.speeches[place].end)
        return spoken and self.pool.full(spoken)


def _ranked(votes: Mapping[str, float]) -> list[tuple[str, float]]:
    """Names with what speaks for them, the heaviest first."""
    return sorted(votes.items(), key=lambda vote: -vote[1])
