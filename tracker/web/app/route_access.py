"""Who may do what: one table for every route. A route that is not in it answers nobody."""

from enum import Enum

from flask import Flask, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from tracker.people.models import Role
from tracker.web.app import context, safety_log


class Access(Enum):
    """Who may call a route; what they see there is filtered by what they may read."""

    ANYONE = "anyone"
    #: the authority is a signed token in the path or form
    TOKEN = "token"  # noqa: S105 - a kind of access, no secret
    SIGNED_IN = "signed in"
    #: serves in this register today, in whatever role
    MEMBER = "member"
    #: secretariat of this register, or rapporteur (of what, the view decides)
    TRIAGE = "triage"
    #: secretariat of this register, or its chair
    SECOND = "second"
    SECRETARIAT = "secretariat"
    OPERATOR = "operator"
    #: secretariat of this register, who sees its own mail, or operator, who sees all
    OFFICE = "office"


TABLE: dict[str, Access] = {
    "static": Access.ANYONE,
    # front: the first page, health, the clock, errors
    "front.index": Access.ANYONE,
    "front.search": Access.ANYONE,
    "front.health": Access.ANYONE,
    "front.clock_page": Access.OPERATOR,
    "front.return_to_today": Access.OPERATOR,
    "beginning.ask": Access.OPERATOR,
    "beginning.start": Access.OPERATOR,
    "beginning.keep": Access.OPERATOR,
    "first_steps.hide": Access.SECRETARIAT,
    "first_steps.show": Access.SECRETARIAT,
    "beginning.confirm_sample": Access.OPERATOR,
    "beginning.remove_sample": Access.OPERATOR,
    # sign_in: sign in and out, my account
    "sign_in.form": Access.ANYONE,
    "sign_in.by_link": Access.ANYONE,
    "sign_in.by_password": Access.ANYONE,
    "sign_in.sent": Access.ANYONE,
    "sign_in.link": Access.ANYONE,
    "sign_in.use_link": Access.ANYONE,
    "sign_in.out": Access.ANYONE,
    "account.page": Access.SIGNED_IN,
    "account.save": Access.SIGNED_IN,
    "account.password": Access.SIGNED_IN,
    "account.out_everywhere": Access.SIGNED_IN,
    # items: lists, item pages and everything done to an item
    "items.listing": Access.ANYONE,
    "items.page": Access.ANYONE,
    "item_files.export": Access.ANYONE,
    "item_views.listing": Access.MEMBER,
    "item_views.new": Access.MEMBER,
    "item_views.open_view": Access.MEMBER,
    # one's own, and the secretariat what is shared: the view decides
    "item_views.edit": Access.MEMBER,
    "item_views.delete": Access.MEMBER,
    "item_views.restore": Access.MEMBER,
    "item_changes.new": Access.SECRETARIAT,
    "item_changes.edit": Access.SECRETARIAT,
    "item_changes.publish": Access.SECRETARIAT,
    "item_changes.unpublish": Access.SECRETARIAT,
    "publishing.publish": Access.SECRETARIAT,
    "publishing.unpublish": Access.SECRETARIAT,
    "bulk.choose": Access.SECRETARIAT,
    "bulk.preview": Access.SECRETARIAT,
    "bulk.act": Access.SECRETARIAT,
    "bulk.listing": Access.SECRETARIAT,
    "bulk.page": Access.SECRETARIAT,
    "bulk.undo": Access.SECRETARIAT,
    "item_changes.follow": Access.MEMBER,
    "item_changes.unfollow": Access.MEMBER,
    # the secretariat, or who owns the item or answers for its owner: the view decides
    "item_due.rule": Access.MEMBER,
    "item_due.condition": Access.MEMBER,
    "item_links.manage": Access.SECRETARIAT,
    "item_links.remove": Access.SECRETARIAT,
    "item_owner.manage": Access.MEMBER,
    "item_owner.request_owner": Access.SECRETARIAT,
    "item_owner.withdraw": Access.SECRETARIAT,
    "item_owner.end": Access.MEMBER,
    "item_owner.answerers": Access.MEMBER,
    "item_owner.add_helper": Access.MEMBER,
    "item_owner.remove_helper": Access.MEMBER,
    # whoever answers the request to own: the view decides
    "item_owner.answer": Access.MEMBER,
    "item_owner.accept": Access.MEMBER,
    "item_owner.decline": Access.MEMBER,
    "item_owner.pass_on": Access.MEMBER,
    "item_updates.write": Access.MEMBER,
    "item_updates.undo": Access.MEMBER,
    "item_updates.show": Access.SECRETARIAT,
    "item_updates.evidence": Access.ANYONE,
    "item_sending.several": Access.SECRETARIAT,
    "item_sending.one": Access.SECRETARIAT,
    "item_sending.undo": Access.SECRETARIAT,
    "item_responses.name": Access.SECRETARIAT,
    "item_responses.drop": Access.SECRETARIAT,
    # the secretariat, or who answers for the party: the view decides
    "item_responses.respond": Access.MEMBER,
    "item_responses.proposer": Access.MEMBER,
    "item_positions.add": Access.SECRETARIAT,
    "item_positions.edit": Access.SECRETARIAT,
    "item_positions.remove": Access.SECRETARIAT,
    # triage: the queue and what is decided there
    # a rapporteur sees only their meetings, and their decisions are kept as advice: the views decide
    "triage.queue": Access.TRIAGE,
    "triage.page": Access.TRIAGE,
    "triage.detector": Access.TRIAGE,
    "triage.go": Access.TRIAGE,
    "triage.skip": Access.TRIAGE,
    "triage.accept": Access.TRIAGE,
    "triage.attach": Access.TRIAGE,
    "triage.set_aside": Access.TRIAGE,
    "triage.snooze": Access.SECRETARIAT,
    "triage.likewise": Access.SECRETARIAT,
    "triage.undo": Access.SECRETARIAT,
    "triage.sensitive": Access.SECRETARIAT,
    "batches.listing": Access.SECRETARIAT,
    "batches.decide": Access.SECRETARIAT,
    "batches.take_over": Access.SECRETARIAT,
    "batches.undo": Access.SECRETARIAT,
    "seconds.listing": Access.SECOND,
    "seconds.confirm": Access.SECOND,
    "seconds.back": Access.SECOND,
    "advice.take_over": Access.SECRETARIAT,
    "advice.back": Access.TRIAGE,
    # transcripts: import, the reader, who spoke
    "importing.page": Access.SECRETARIAT,
    "importing.upload": Access.SECRETARIAT,
    "importing.written": Access.SECRETARIAT,
    "importing.take_written": Access.SECRETARIAT,
    "uploads.listing": Access.SECRETARIAT,
    "uploads.upload": Access.SECRETARIAT,
    "uploads.batch": Access.SECRETARIAT,
    "uploads.place": Access.SECRETARIAT,
    "uploads.page": Access.SECRETARIAT,
    "uploads.understand": Access.SECRETARIAT,
    "uploads.approve": Access.SECRETARIAT,
    "uploads.again": Access.SECRETARIAT,
    "uploads.delete": Access.SECRETARIAT,
    "transcripts.page": Access.ANYONE,
    "transcripts.original": Access.ANYONE,
    "corrections.listing": Access.SECRETARIAT,
    "corrections.page": Access.SECRETARIAT,
    "corrections.passage": Access.SECRETARIAT,
    "corrections.accept": Access.SECRETARIAT,
    "corrections.place": Access.SECRETARIAT,
    "corrections.gone": Access.SECRETARIAT,
    "corrections.back": Access.SECRETARIAT,
    "corrections.again": Access.SECRETARIAT,
    "speakers.page": Access.SECRETARIAT,
    "speakers.assign": Access.SECRETARIAT,
    "speakers.accept": Access.SECRETARIAT,
    "speakers.settle": Access.SECRETARIAT,
    "speakers.undo_decision": Access.SECRETARIAT,
    "introductions.page": Access.SECRETARIAT,
    "introductions.accept": Access.SECRETARIAT,
    "introductions.dismiss": Access.SECRETARIAT,
    "turns.page": Access.TRIAGE,
    "turns.mark": Access.TRIAGE,
    "turns.correct": Access.SECRETARIAT,
    "turns.split": Access.SECRETARIAT,
    "turns.join": Access.SECRETARIAT,
    "turns.capacity": Access.SECRETARIAT,
    # meetings, and milestones with them
    "meetings.listing": Access.ANYONE,
    "meetings.page": Access.ANYONE,
    "meetings.new": Access.SECRETARIAT,
    "meetings.add": Access.SECRETARIAT,
    "meetings.edit": Access.SECRETARIAT,
    "meetings.change": Access.SECRETARIAT,
    "meetings.show": Access.SECRETARIAT,
    "rapporteurs.name": Access.SECRETARIAT,
    "rapporteurs.drop": Access.SECRETARIAT,
    "milestones.calendar": Access.ANYONE,
    "milestones.page": Access.ANYONE,
    "milestones.new": Access.SECRETARIAT,
    "milestones.add": Access.SECRETARIAT,
    "milestones.edit": Access.SECRETARIAT,
    "milestones.rename": Access.SECRETARIAT,
    "milestones.preview": Access.SECRETARIAT,
    "milestones.move": Access.SECRETARIAT,
    "feeds.public": Access.ANYONE,
    "feeds.personal": Access.TOKEN,
    "feeds.renew": Access.SIGNED_IN,
    "feeds.revoke": Access.SIGNED_IN,
    "cancelling.preview": Access.SECRETARIAT,
    "cancelling.cancel": Access.SECRETARIAT,
    "cancelling.reinstate_milestone": Access.SECRETARIAT,
    "series.page": Access.MEMBER,
    "series.new": Access.SECRETARIAT,
    "series.add": Access.SECRETARIAT,
    "series.preview": Access.SECRETARIAT,
    "series.end": Access.SECRETARIAT,
    "series.ask_name": Access.SECRETARIAT,
    "series.rename": Access.SECRETARIAT,
    "agendas.page": Access.ANYONE,
    "agendas.choose": Access.SECRETARIAT,
    "agendas.add": Access.SECRETARIAT,
    "agendas.place": Access.SECRETARIAT,
    "agendas.note": Access.SECRETARIAT,
    "agendas.remove": Access.SECRETARIAT,
    "agendas.show": Access.SECRETARIAT,
    "agendas.raise_at": Access.SECRETARIAT,
    "agenda_room.printed": Access.ANYONE,
    "agenda_room.present": Access.ANYONE,
    "agenda_room.outcome": Access.SECRETARIAT,
    # people: people, bodies, terms
    "people.listing": Access.MEMBER,
    "people.page": Access.MEMBER,
    "person_changes.new": Access.SECRETARIAT,
    "person_changes.add": Access.SECRETARIAT,
    "person_changes.edit": Access.SECRETARIAT,
    "person_changes.change": Access.SECRETARIAT,
    "person_changes.terms_of": Access.SECRETARIAT,
    "person_changes.add_term": Access.SECRETARIAT,
    "person_changes.term": Access.SECRETARIAT,
    "person_changes.end_term": Access.SECRETARIAT,
    "person_changes.labels": Access.SECRETARIAT,
    "person_changes.add_label": Access.SECRETARIAT,
    "person_changes.drop_label": Access.SECRETARIAT,
    "person_changes.choose_keeper": Access.SECRETARIAT,
    "person_changes.merge": Access.SECRETARIAT,
    "person_changes.undo_merge": Access.SECRETARIAT,
    "person_changes.confirm_erasing": Access.SECRETARIAT,
    "person_changes.erase": Access.SECRETARIAT,
    "people_import.page": Access.SECRETARIAT,
    "people_import.template": Access.SECRETARIAT,
    "people_import.preview": Access.SECRETARIAT,
    "people_import.run_import": Access.SECRETARIAT,
    "people_import.result": Access.SECRETARIAT,
    "people_import.undo": Access.SECRETARIAT,
    "invitations.page": Access.SECRETARIAT,
    "invitations.send": Access.SECRETARIAT,
    "invitations.withdraw": Access.SECRETARIAT,
    "body_changes.new": Access.SECRETARIAT,
    "body_changes.add": Access.SECRETARIAT,
    "body_changes.edit": Access.SECRETARIAT,
    "body_changes.change": Access.SECRETARIAT,
    "body_changes.new_class": Access.SECRETARIAT,
    "body_changes.add_class": Access.SECRETARIAT,
    "body_changes.stewards": Access.SECRETARIAT,
    "body_changes.set_stewards": Access.SECRETARIAT,
    # handovers: what somebody leaves, and who takes it
    "handovers.listing": Access.SECRETARIAT,
    # the successor, even before their role begins, or the secretariat: the view decides
    "handovers.page": Access.SIGNED_IN,
    "handovers.take": Access.MEMBER,
    "handovers.decline": Access.MEMBER,
    "handovers.withdraw": Access.SECRETARIAT,
    # whoever leaves, or the secretariat: the view decides
    "handing_over.page": Access.MEMBER,
    "handing_over.write_notes": Access.MEMBER,
    "handing_over.offer": Access.SECRETARIAT,
    "changeover.page": Access.SECRETARIAT,
    "changeover.preview": Access.SECRETARIAT,
    "changeover.carry_out": Access.SECRETARIAT,
    # digests, and the mail kept or held
    "digests.mine": Access.SIGNED_IN,
    # its reader, or the secretariat of all that it speaks of: the view decides
    "digests.page": Access.SIGNED_IN,
    "digests.as_mail": Access.SIGNED_IN,
    "digests.again": Access.SIGNED_IN,
    "digests.stop": Access.TOKEN,
    "digests.stopped": Access.TOKEN,
    "mail.outbox": Access.OFFICE,
    "mail.hold": Access.OPERATOR,
    "mail.release": Access.OPERATOR,
    "mail.send_again": Access.OFFICE,
    "mail.cancel": Access.OFFICE,
    "mail.clear": Access.OFFICE,
    "letters.kept": Access.OFFICE,
    "letters.letter": Access.OFFICE,
    "letters.upcoming": Access.SECRETARIAT,
    "letters.preview": Access.SECRETARIAT,
    # reports: drafts and issued reports
    "reports.index": Access.ANYONE,
    "reports.draft": Access.ANYONE,
    "reports.draft_file": Access.MEMBER,
    "reports.version": Access.ANYONE,
    "reports.version_file": Access.ANYONE,
    "reports.confirm": Access.SECRETARIAT,
    "reports.issue": Access.SECRETARIAT,
    # search: one page
}


def may_call(access: Access) -> bool:
    """Tell whether the reader may call a route of that access."""
    match access:
        case Access.ANYONE | Access.TOKEN:
            return True
        case Access.SIGNED_IN:
            return context.person_or_none() is not None
        case Access.MEMBER:
            return bool(context.roles())
        case Access.TRIAGE:
            return bool(context.roles() & {Role.SECRETARIAT, Role.RAPPORTEUR}) or context.is_rapporteur()
        case Access.SECOND:
            return bool(context.roles() & {Role.SECRETARIAT, Role.CHAIR})
        case Access.SECRETARIAT:
            return context.is_secretariat()
        case Access.OPERATOR:
            return _is_operator()
        case Access.OFFICE:
            return _is_operator() or context.is_secretariat()


def _is_operator() -> bool:
    reader = context.person_or_none()
    return reader is not None and reader.is_operator


def may(endpoint: str) -> bool:
    """Tell templates whether to offer a link to that endpoint."""
    return may_call(TABLE[endpoint])


def enforce() -> Response | None:
    """Send strangers to the sign-in page; answer 404 where the reader's role is not enough."""
    if request.endpoint is None:
        return None  # no such page: the error handler answers
    access = TABLE.get(request.endpoint)
    if access is None:
        abort(404)
    if may_call(access):
        return None
    reader = context.person_or_none()
    if reader is None and request.method in context.SAFE_METHODS:
        return redirect(url_for("sign_in.form", next=request.script_root + request.full_path.rstrip("?")))
    safety_log.refused("role", person_id=getattr(reader, "id", None))
    abort(404)


def register(app: Flask) -> None:
    """Ask the table before every request."""
    app.before_request(enforce)
    app.jinja_env.globals["may"] = may
