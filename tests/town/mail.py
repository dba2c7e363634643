"""The mail of the town: a digest kept, and mails in every state."""

from tests.web.post_room import PostRoom
from tests.web.shelf import Shelf
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
    }
