"""The mail of the town: a digest kept, and mails in every state."""

from sqlmodel import col, select

from tests.factories import NOW, SYSTEM, make_person, party_of
from tests.web.post_room import PostRoom
from tests.web.shelf import Shelf
from tracker.answers.answer_links import LinkPurpose, write_token
from tracker.answers.choices import MailAnswer
from tracker.answers.record_answer import record_answer
from tracker.clock import real_now
from tracker.items.models import Item
from tracker.items.ownership import add_helper
from tracker.mail.models import MailState


def fill(post: PostRoom, shelf: Shelf) -> dict[str, object]:
    """Mira's digest, kept as a file; a mail not delivered, one that waits, an address refused."""
    digest = post.digest()
    post.put("chair", state=MailState.DEAD, last_text="5.1.1 no such user")
    post.put("chair")
    post.refuse("chen@example.org")
    post.subscribe("secretariat")
    letter = sorted(post.folder.glob("*.eml"))[0].stem
    return {
        "digest": digest,
        "letter": letter,
        "stop": post.token(),
        "mira": shelf.world.member,
        **_answered(post, shelf),
    }


def _answered(post: PostRoom, shelf: Shelf) -> dict[str, object]:
    """Mira answers what is overdue and holds links to answer again and to undo it; Faye, without access, helps."""
    with shelf.writing() as session:
        mira = shelf.person(session, "member")
        item = session.exec(select(Item).order_by(col(Item.id).desc()).limit(1)).one()
        answer = MailAnswer.IN_PROGRESS
        receipt = record_answer(session, item, mira, answer, form_key="town", now=NOW, real_now=real_now())
        faye = make_person(session, "Faye Far", email=None)
        add_helper(session, item, faye.id, by=SYSTEM, now=NOW)
        links = {"answer": (LinkPurpose.ANSWER, item.id), "undo": (LinkPurpose.UNDO, receipt.id)}
        tokens: dict[str, object] = {
            name: write_token(post.secret, purpose, mira, number, now=real_now())
            for name, (purpose, number) in links.items()
        }
        return tokens | {"late": item.number, "faye": party_of(session, faye).id}
