"""Loads a seed into the database: what is there already stays as people have changed it since."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time
from functools import partial
from itertools import chain
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from tracker.agendas.changes import put_on_agenda
from tracker.calendar.move_milestone import NewDays, move_milestone
from tracker.meetings.changes import MeetingDetails, MilestoneDetails, add_meeting, add_milestone, set_visibility
from tracker.meetings.models import Milestone
from tracker.meetings.queries import meeting_by_slug, milestone_by_slug
from tracker.people.changes import add_body, add_class, add_label, add_person, label_by_name, name_group
from tracker.people.details import BodyDetails, PersonDetails
from tracker.people.models import Body, Person, Role
from tracker.people.queries import party_by_slug
from tracker.people.terms import Days, add_term, make_operator, set_stewards, subscribe
from tracker.reports.changes import issue
from tracker.seed.check_file import check
from tracker.seed.file_format import (
    AccountEntry,
    AgendaPointEntry,
    BodyEntry,
    MilestoneMoveEntry,
    PersonEntry,
    ReportEntry,
    Stewarded,
    TermEntry,
)
from tracker.seed.load_items import item_steps
from tracker.seed.load_transcripts import import_sources, tie_to_items
from tracker.seed.read_file import Place, read
from tracker.seed.seed_run import SeedRun, SeedStep


def load(session: Session, path: Path, *, now: datetime) -> Counter[str]:
    """Add what the file has and the database lacks; return how many of each kind were added.

    Raises SeedError with the line of the first mistake; the caller then rolls back.
    """
    file, lines = read(path)
    # The whole file is checked before anything is added, so that a slip on its last line leaves nothing half done.
    check(file, lines)
    run = SeedRun(session, file, lines, now)
    for group in file.groups:
        # Groups come first: bodies and people name them.
        name_group(session, group.slug, group.name)
    for step in (_add_bodies, _add_classes, _add_people, _add_accounts, _add_stewards, _add_milestones, _add_meetings):
        step(run)
    # The history is one line of time: a report of an earlier day is made from all that came before it.
    steps = [*item_steps(run), *_milestone_steps(run), *_reports(run)]
    for seed_step in sorted(steps, key=lambda entry: entry.day):
        with run.at(*seed_step.place):
            seed_step.act()
    # Ties are between items of this file; without a new one they have all been made.
    if run.added["items"]:
        tie_to_items(run)
    run.added["transcripts"] = import_sources(run, path.parent)
    return run.added


def _is_new(run: SeedRun, slug: str, kind: str, place: Place) -> bool:
    """Tell whether nothing has that slug; raise SeedError where it is something of another kind."""
    party = party_by_slug(run.session, slug)
    if party is None:
        run.new.add(slug)
        return True
    # Bodies, classes and people share one namespace, for their pages do.
    if getattr(party, kind) is None:
        raise run.lines.error(place, f"“{slug}” is something else in this installation; choose another slug")
    return False


def _add_bodies(run: SeedRun) -> None:
    for number, entry in enumerate(run.file.bodies):
        if _is_new(run, entry.slug, "body_id", ("bodies", number, "slug")):
            with run.at("bodies", number):
                _add_body(run, entry)
            run.added["bodies"] += 1


def _add_body(run: SeedRun, entry: BodyEntry) -> None:
    parent_id = None
    if entry.parent:
        parent_id = run.body(entry.parent).id
    details = BodyDetails(
        name=entry.name,
        purpose=entry.purpose or "",
        parent_id=parent_id,
        timezone=entry.timezone,
        language=entry.language,
        stakeholder_group=entry.stakeholder_group,
    )
    # An organisation outside of a sample's register belongs to the sample all the same.
    kind = {"is_register": entry.register_, "is_sample": any(body.sample for body in run.file.bodies)}
    register_id = _register_id(run)
    add_body(run.session, details, slug=entry.slug, by=run.by, now=run.now, register_id=register_id, **kind)


def _register_id(run: SeedRun) -> int | None:
    """Return the register that the file is for, once it is there."""
    return run.session.exec(select(Body.id).where(col(Body.slug) == run.file.body)).one_or_none()


def _add_classes(run: SeedRun) -> None:
    for number, entry in enumerate(run.file.classes):
        if _is_new(run, entry.slug, "class_name", ("classes", number, "slug")):
            with run.at("classes", number):
                slug = entry.slug
                register_id = _register_id(run)
                add_class(run.session, entry.name, slug=slug, register_id=register_id, by=run.by, now=run.now)
            run.added["classes"] += 1


def _add_people(run: SeedRun) -> None:
    for number, entry in enumerate(run.file.people):
        if _is_new(run, entry.slug, "person_id", ("people", number, "slug")):
            with run.at("people", number):
                _add_person(run, entry)
            run.added["people"] += 1


def _add_person(run: SeedRun, entry: PersonEntry | AccountEntry, **account: str | None) -> Person:
    details = PersonDetails(
        name=entry.name,
        affiliation=entry.affiliation,
        stakeholder_group=entry.stakeholder_group,
        group_source=entry.group_source,
        **account,  # type: ignore[arg-type]  # three texts
    )
    person = add_person(run.session, details, slug=entry.slug, by=run.by, now=run.now)
    for label in entry.labels:
        add_label(run.session, person, run.register.id, label, by=run.by, now=run.now)
    # Speakers are known by their labels, so everybody needs one.
    if not entry.labels:
        label_by_name(run.session, person, run.register.id, by=run.by, now=run.now)
    return person


def _add_accounts(run: SeedRun) -> None:
    for number, entry in enumerate(run.file.accounts):
        if _is_new(run, entry.slug, "person_id", ("accounts", number, "slug")):
            with run.at("accounts", number):
                _add_account(run, entry)
            run.added["accounts"] += 1
        else:
            with run.at("accounts", number):
                _serve_in_new_bodies(run, entry)


def _add_account(run: SeedRun, entry: AccountEntry) -> None:
    person = _add_person(run, entry, email=entry.email, timezone=entry.timezone, language=entry.language)
    for term in entry.terms:
        _add_term(run, person, term)
    weekday = entry.digest_day
    hour = entry.digest_hour
    subscribe(run.session, person, since=_since(run, entry), weekday=weekday, hour=hour, by=run.by, now=run.now)
    # Somebody must be able to run a new installation; later seeds make no second operator.
    if any(term.role is Role.SECRETARIAT for term in entry.terms) and not _has_operator(run.session):
        make_operator(run.session, person, by=run.by, now=run.now)


def _add_term(run: SeedRun, person: Person, term: TermEntry) -> None:
    days = Days(term.from_, term.to)
    add_term(run.session, person, run.body(term.body), term.role, days, by=run.by, now=run.now)


def _serve_in_new_bodies(run: SeedRun, entry: AccountEntry) -> None:
    """Give a person who is there already their terms in the bodies that this run has added, and change nothing else."""
    for term in entry.terms:
        if term.body in run.new:
            _add_term(run, run.person(entry.slug), term)


def _since(run: SeedRun, entry: AccountEntry) -> datetime:
    """Return the first moment, in the person's own time zone, of the day from which they get digests."""
    if entry.digest_from is None:
        return run.now
    # In the person's zone, or the first digest of somebody far away would come a day early.
    return datetime.combine(entry.digest_from, time(), ZoneInfo(entry.timezone or run.register.timezone))


def _has_operator(session: Session) -> bool:
    return session.exec(select(Person.id).where(col(Person.is_operator))).first() is not None


def _add_stewards(run: SeedRun) -> None:
    """Set who answers for the bodies and classes that this run has added; for others people may have chosen since."""
    for entry in chain[Stewarded](run.file.bodies, run.file.classes):
        party = party_by_slug(run.session, entry.slug)
        if entry.steward and party is not None and entry.slug in run.new:
            steward = run.person(entry.steward)
            second = None
            if entry.second:
                second = run.person(entry.second)
            set_stewards(run.session, party, steward, second, by=run.by, now=run.now)


def _add_milestones(run: SeedRun) -> None:
    register = run.register.id
    for number, entry in enumerate(run.file.milestones):
        if milestone_by_slug(run.session, register, entry.slug) is None:
            details = MilestoneDetails(**entry.model_dump(exclude={"slug", "moves", "agenda"}))
            with run.at("milestones", number):
                add_milestone(run.session, register, details, slug=entry.slug, by=run.by, now=run.now)
            run.new_milestones.add(entry.slug)
            run.added["milestones"] += 1


def _milestone_steps(run: SeedRun) -> Iterator[SeedStep]:
    """Yield what happened to the milestones that this run has added: moves, and points put on their agendas."""
    for number, entry in enumerate(run.file.milestones):
        if entry.slug not in run.new_milestones:
            continue
        place = ("milestones", number)
        for count, move in enumerate(entry.moves):
            yield SeedStep(move.on, (*place, "moves", count), partial(_move, run, entry.slug, move))
        for count, point in enumerate(entry.agenda):
            yield SeedStep(point.on, (*place, "agenda", count), partial(_put_on_agenda, run, entry.slug, point))


def _move(run: SeedRun, slug: str, move: MilestoneMoveEntry) -> None:
    milestone = run.session.get_one(Milestone, run.milestone_id(slug))
    days = NewDays(move.starts_on, move.ends_on, milestone.tentative)
    version = milestone.version
    by = run.author(move.by)
    move_milestone(run.session, milestone, days, reason=move.reason, seen_version=version, by=by, now=run.noon(move.on))


def _put_on_agenda(run: SeedRun, slug: str, point: AgendaPointEntry) -> None:
    milestone = run.session.get_one(Milestone, run.milestone_id(slug))
    by = run.author(point.by)
    put_on_agenda(run.session, milestone, run.item(point.item), note=point.note, by=by, now=run.noon(point.on))


def _reports(run: SeedRun) -> Iterator[SeedStep]:
    """Yield the reports to issue, if this run has added the register: to one that is there, people issue them."""
    if run.file.body not in run.new:
        return
    for number, entry in enumerate(run.file.reports):
        yield SeedStep(entry.as_of, ("reports", number), partial(_issue, run, entry))


def _issue(run: SeedRun, entry: ReportEntry) -> None:
    # The history is read as it is stored.
    run.session.flush()
    milestone = run.session.get_one(Milestone, run.milestone_id(entry.milestone))
    by = run.author(entry.by)
    issue(run.session, milestone, as_of=entry.as_of, by=by, now=run.noon(entry.as_of))
    run.added["reports"] += 1


def _add_meetings(run: SeedRun) -> None:
    register = run.register.id
    for number, entry in enumerate(run.file.meetings):
        if meeting_by_slug(run.session, register, entry.slug) is None:
            milestone_id = run.milestone_id(entry.milestone)
            values = entry.model_dump(exclude={"slug", "milestone", "visibility"})
            details = MeetingDetails(**values, milestone_id=milestone_id)
            with run.at("meetings", number):
                meeting = add_meeting(run.session, register, details, slug=entry.slug, by=run.by, now=run.now)
                if entry.visibility is not meeting.visibility:
                    set_visibility(run.session, meeting, entry.visibility, by=run.by, now=run.now)
            run.added["meetings"] += 1
