"""A link that somebody has opened: whose it is and of which item, or the page that says why it no longer answers."""

from dataclasses import dataclass
from functools import cached_property

from werkzeug.wrappers import Response

from tracker import clock
from tracker.answers.answer_links import (
    RENEWABLE,
    CheckedLink,
    LinkPurpose,
    LinkState,
    MailLink,
    check_link,
    read_token,
)
from tracker.answers.models import AnswerReceipt
from tracker.items.models import Item
from tracker.people.models import Body, Person, Role
from tracker.people.queries import Sight, day_of_body, serving_as
from tracker.web.answers.light_page import language_of, light_page
from tracker.web.app import context


@dataclass
class OpenedLink:
    """A link that is good: its person, its item and what the person may see."""

    token: str
    link: MailLink
    person: Person
    item: Item
    sight: Sight
    #: of a link that undoes an answer
    receipt: AnswerReceipt | None = None

    @cached_property
    def register(self) -> Body:
        """Return the register of the item."""
        return context.session().get_one(Body, self.item.body_id)

    @property
    def item_path(self) -> str:
        """Return the address of the item's page."""
        prefix = f"/b/{self.register.slug}"
        if self.register.id == context.every_register()[0].id:
            prefix = ""
        return f"{prefix}/items/{self.item.number}"


@dataclass(frozen=True)
class DeadLink:
    """A link that no longer answers, or never did, and why."""

    token: str
    purpose: LinkPurpose
    state: LinkState
    checked: CheckedLink | None = None

    def page(self) -> Response:
        """Return the page that says why, and what to do; it tells nothing of the item but its number."""
        if self.checked is None or self.checked.item is None:
            return light_page("dead", 404, state=LinkState.GONE)
        item = self.checked.item
        register = context.session().get_one(Body, item.body_id)
        today = day_of_body(context.session(), register, context.now())
        with language_of(self.checked.person):
            return light_page(
                "dead",
                410,
                state=self.state,
                number=item.number,
                register=register,
                offices=serving_as(context.session(), register.id, [Role.SECRETARIAT], today),
                token=self.token,
                is_answer=self.purpose is LinkPurpose.ANSWER,
            )


def open_link(purpose: LinkPurpose, token: str) -> OpenedLink | DeadLink:
    """Return the link with its rows if it still answers, else why not."""
    session = context.session()
    link = read_token(context.config().secret_key, purpose, token)
    if link is None:
        return DeadLink(token, purpose, LinkState.GONE)
    receipt = None
    item_id = link.row_id
    if purpose is LinkPurpose.UNDO:
        receipt = session.get(AnswerReceipt, link.row_id)
        item_id = getattr(receipt, "item_id", 0)
    checked = check_link(session, link, item_id, now=context.now(), real_now=clock.real_now())
    if checked.state is not LinkState.GOOD or not (checked.person and checked.item and checked.sight):
        return DeadLink(token, purpose, checked.state, checked)
    return OpenedLink(token, link, checked.person, checked.item, checked.sight, receipt)


def renewable(token: str) -> CheckedLink | None:
    """Return whose link and of which item it is, if a new one may be sent to the same address."""
    opened = open_link(LinkPurpose.ANSWER, token)
    if isinstance(opened, DeadLink) and opened.state in RENEWABLE:
        return opened.checked
    return None
