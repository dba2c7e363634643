"""Issuing a report: the form says its day and who may read it, and shows first what will be frozen."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import BooleanField, DateField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import HiddenInput

from tracker.errors import Refused, Stale
from tracker.history_queries import newest as newest_event
from tracker.meetings.models import Milestone
from tracker.reports import changes, queries
from tracker.reports.drafts import to_issue, today
from tracker.reports.models import Report
from tracker.reports.opening import opening
from tracker.reports.passage_quotes import quotable
from tracker.reports.report_wording import ReportWording
from tracker.reports.sections import in_short
from tracker.reports.snapshot import Scope
from tracker.web.app import context
from tracker.web.app.address_numbers import WholeNumberField
from tracker.web.app.form_saving import refuse, renew
from tracker.web.app.value_words import spoken_language
from tracker.web.reports.pages import milestone_called

blueprint = Blueprint("report_issuing", __name__, url_prefix="/reports")


class IssueForm(FlaskForm):
    """The day a report is of, and why there is another version."""

    as_of = DateField(lazy_gettext("As of"), validators=[InputRequired(lazy_gettext("Give the day."))])
    internal = BooleanField(lazy_gettext("Internal: with all items, for the register's own people only"))
    reason = StringField(lazy_gettext("Why there is a new version"), validators=[Length(max=500)])
    #: the newest line of history when the figures were shown
    seen = WholeNumberField(widget=HiddenInput())
    #: the day and the scope whose figures were shown
    previewed = StringField(widget=HiddenInput())

    @property
    def scope(self) -> Scope:
        """Return who may read the report."""
        if self.internal.data:
            return Scope.INTERNAL
        return Scope.PUBLISHED

    @property
    def choice(self) -> str:
        """Return the day and the scope that are chosen now."""
        return f"{self.as_of.data} {self.scope}"

    def ask_for_preview(self, today: date) -> None:
        """Raise Refused where the figures of another choice were shown: what is issued is what the reader has seen."""
        # a day to come is refused by the report itself, beside its field
        if self.as_of.data <= today and self.previewed.data != self.choice:
            raise Refused("These are the figures for your new choice. Check them, then issue the report.")


@blueprint.get("/<slug>/issue")
def confirm(slug: str) -> str:
    """Show what would be frozen."""
    milestone = milestone_called(slug)
    as_of = today(context.body(), context.now())
    return _confirm(milestone, IssueForm(formdata=None, as_of=as_of), as_of)


def _confirm(milestone: Milestone, form: IssueForm, as_of: date) -> str:
    session = context.session()
    body = context.body()
    now = context.now()
    renew(form.seen, newest_event(session, body.id))  # before the picture: what comes in between was not shown
    renew(form.previewed, form.choice)
    # Without passages: this page shows only figures.
    picture = to_issue(session, body, milestone, as_of=as_of, now=now, scope=form.scope, in_full=False)
    issued = queries.versions(session, milestone.id)
    wording = ReportWording(picture, spoken_language(), request.script_root)
    return render_template(
        "reports/issue.html",
        milestone=milestone,
        form=form,
        number=1 + max((report.number for report in issued), default=0),
        picture=picture,
        is_internal=picture.scope is Scope.INTERNAL,
        internal_items=sum(entry.is_internal for entry in picture.entries),
        opening=opening(wording),
        short=in_short(wording),
        sources=quotable(session, body.id, [entry.number for entry in picture.entries]),
    )


@blueprint.post("/<slug>/issue")
def issue(slug: str) -> str | Response | tuple[str, int]:
    """Freeze the report, or show again what would be frozen."""
    milestone = milestone_called(slug)
    form = IssueForm()
    current = today(context.body(), context.now())
    if not form.validate():
        return _confirm(milestone, form, current), 422
    try:
        if "preview" in request.form:
            return _confirm(milestone, form, form.as_of.data)
        report = _issue(milestone, form)
    except Refused as refused:
        refuse(form, refused)
        status = 409 if isinstance(refused, Stale) else 422
        return _confirm(milestone, form, min(form.as_of.data, current)), status
    flash(_done(report))
    return redirect(url_for("reports.version", slug=slug, number=report.number))


def _done(report: Report) -> str:
    if report.is_internal:
        return str(gettext("Version %(number)s is issued, internal. It never changes.", number=report.number))
    return str(gettext("Version %(number)s is issued. It never changes.", number=report.number))


def _issue(milestone: Milestone, form: IssueForm) -> Report:
    form.ask_for_preview(today(context.body(), context.now()))
    seen = form.seen.data
    if seen is None:  # a form that does not say what it showed has shown nothing; None would ask no question
        seen = 0
    session = context.session()
    report = changes.issue(
        session,
        milestone,
        as_of=form.as_of.data,
        reason=form.reason.data,
        scope=form.scope,
        seen=seen,
        by=context.actor(),
        now=context.now(),
    )
    session.commit()
    return report
