"""Which answers a mail offers of each of its items, with the links that open the page where one is given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tracker.answers.answer_links import answer_address
from tracker.answers.choices import OFFERED, AnswerRole, MailAnswer
from tracker.digests.parts import DigestContent, DigestItem, DigestSection, SectionKind
from tracker.people.models import Person


@dataclass(frozen=True)
class AnswerOffers:
    """Makes the links of one reader's mail, written at a moment of the real clock."""

    base_url: str
    secret: str
    person: Person
    now: datetime
    #: by item: the mail names each page twice, in its text and in its HTML
    pages: dict[int, str] = field(default_factory=dict, compare=False)

    def of(self, section: DigestSection, line: DigestItem) -> Sequence[tuple[MailAnswer, str]]:
        """Return the answers to the item that stands in that section, each with its address."""
        role = answer_role(section, line)
        page = self.page_of(section, line)
        if role is None or page is None:
            return ()
        # All answers to one item share their token, which is signed once; what takes two numbers waits on the page.
        return [(choice, f"{page}/{choice.value}") for choice in OFFERED[role] if choice is not MailAnswer.DONE_IN_PART]

    def page_of(self, section: DigestSection, line: DigestItem) -> str | None:
        """Return the address of the page that offers all answers to the item; None where it asks nothing."""
        if answer_role(section, line) is None:
            return None
        if line.item_id not in self.pages:
            page = answer_address(self.base_url, self.secret, self.person, line.item_id, now=self.now)
            self.pages[line.item_id] = page
        return self.pages[line.item_id]

    def asks(self, content: DigestContent) -> bool:
        """Tell whether the mail asks its reader for any answer."""
        return any(answer_role(section, line) for section in content.sections for line in section.lines)


def answer_role(section: DigestSection, line: DigestItem) -> AnswerRole | None:
    """Return as what the reader answers the item; None where it asks nothing of them."""
    is_requested = line.unanswered is not None and line.unanswered.is_request
    if is_requested or section.kind is SectionKind.REQUESTED:
        return AnswerRole.REQUESTED
    if line.is_owed or line.unanswered is not None:
        return AnswerRole.OWNER
    if line.asks_view:
        return AnswerRole.PROPOSER
    return None
