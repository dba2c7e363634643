"""Messages to read: those kept as files because no relay is set."""

from pathlib import Path

from flask import Blueprint, abort, render_template

from tracker.mail import message_reader, outbox_overview
from tracker.mail.models import MailKind, Outgoing
from tracker.web.app import context
from tracker.web.mail.outbox import seen
from tracker.web.mail.past_digests import may_read, sends_mail, without_way_out

blueprint = Blueprint("letters", __name__, url_prefix="/mail")
#: on one page
MOST_FILES = 100


@blueprint.get("/kept")
def kept() -> str:
    """List the messages that are kept as files."""
    files = list(_files())[:MOST_FILES]
    mails = outbox_overview.named(context.session(), seen(), files)
    files_and_mails = [(name, mails.get(name)) for name in files if _may_open(mails.get(name))]
    return render_template("mail_pages/kept_messages.html", letters=files_and_mails, sends_mail=sends_mail())


def _files() -> dict[str, Path]:
    return message_reader.files(context.config().var / "mail")


def _may_open(mail: Outgoing | None) -> bool:
    """Tell whether the reader may open it: a way in, or what nobody knows whose it is, only who runs the place."""
    if context.person().is_operator:
        return True
    # Whoever reads a link that signs in can be that person.
    if mail is None or mail.kind is MailKind.SIGN_IN or mail.is_invitation:
        return False
    return mail.kind not in (MailKind.DIGEST, MailKind.NOTICE) or may_read(mail)


@blueprint.get("/kept/<name>")
def letter(name: str) -> str:
    """Show one message. The name is looked up among the files that are there, never made into a path."""
    # A path made of what the address names could lead out of the folder.
    path = _files().get(name) or abort(404)
    mail = outbox_overview.named(context.session(), seen(), [name]).get(name)
    if not _may_open(mail):
        abort(404)
    message = message_reader.read(path)
    text = message.text
    if mail is not None:
        text = without_way_out(text, mail)
    return render_template("mail_pages/message.html", letter=message, text=text, mail=mail)
