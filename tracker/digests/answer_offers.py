"""Which answers a mail offers of each of its items, with the links that open the page where one is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.answers.answer_links import answer_address
from tracker.answers.choices import OFFERED, AnswerRole, MailAnswer
from tracker.digests.parts import DigestItem, DigestSection, SectionKind
from tracker.people.models import Person

#: as what the reader answers the items of a section
ROLES = {
    SectionKind.REQUESTED: AnswerRole.REQUESTED,
    SectionKind.OVERDUE: AnswerRole.OWNER,
    SectionKind.DUE: AnswerRole.OWNER,
}


@dataclass(frozen=True)
class AnswerOffers:
    """Makes the links of one reader's mail, written at a moment of the real clock."""

    base_url: str
    secret: str
    person: Person
    now: datetime

    def of(self, section: DigestSection, line: DigestItem) -> Sequence[tuple[MailAnswer, str]]:
        """Return the answers to the item that stands in that section, each with its address."""
        role = ROLES.get(section.kind)
        if line.asks_view:
            role = AnswerRole.PROPOSER
        if role is None:
            return ()
        return [(choice, self._address(line, choice)) for choice in OFFERED[role]]

    def _address(self, line: DigestItem, choice: MailAnswer) -> str:
        return answer_address(self.base_url, self.secret, self.person, line.item_id, choice, now=self.now)
