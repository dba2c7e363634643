"""Every verb of history, in one place: each reader of history handles every verb, or says why it passes it over.

The database holds the values, so once released they are never renamed: old events must stay readable.
"""

from collections.abc import Mapping
from enum import StrEnum


class Verb(StrEnum):
    """What an event says was done, in the past tense."""

    # what is followed up
    CREATED = "created"
    EDITED = "edited"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"
    DUE_DATE_SET = "due date set"
    PROMISE_NOTED = "promise noted"
    CONDITION_MET = "condition met"
    PASSAGES_CITED = "passages cited"
    PROPOSAL_ACCEPTED = "proposal accepted"
    PROPOSAL_ATTACHED = "proposal attached"
    PROPOSAL_DETACHED = "proposal detached"
    SPEAKER_FOLLOWED = "speaker followed"
    OWN_WORDS_CONFIRMED = "own words confirmed"
    LINKED = "linked"
    LINKED_FROM = "linked from"
    UNLINKED = "unlinked"
    UNLINKED_FROM = "unlinked from"

    # who is to do it, and who did
    OWNERSHIP_REQUESTED = "ownership requested"
    REQUEST_WITHDRAWN = "request withdrawn"
    OWNERSHIP_ACCEPTED = "ownership accepted"
    OWNERSHIP_DECLINED = "ownership declined"
    OWNERSHIP_PASSED_ON = "ownership passed on"
    OWNERSHIP_ENDED = "ownership ended"
    ANSWERERS_NAMED = "answerers named"
    ANSWER_UNDONE = "answer undone"
    SECOND_PERSON_TOLD = "second person told"
    HELPER_ADDED = "helper added"
    HELPER_REMOVED = "helper removed"
    WAITS_FOR_ANOTHER = "waits for another"
    ADDRESSEE_ADDED = "addressee added"
    ADDRESSEE_REMOVED = "addressee removed"
    SENT_TO_ADDRESSEE = "sent to addressee"
    SENDING_UNDONE = "sending undone"
    RESPONSE_RECORDED = "response recorded"
    PROPOSER_VIEW_RECORDED = "proposer view recorded"
    POSITION_NOTED = "position noted"
    POSITION_CORRECTED = "position corrected"
    POSITION_REMOVED = "position removed"
    PARTING_NOTE_WRITTEN = "parting note written"

    # what happened since
    UPDATED = "updated"
    UPDATE_UNDONE = "update undone"
    NOTE_SHOWN = "note shown"
    NOTES_IMPORTED = "notes imported"
    WORDS_ERASED = "words erased"
    REDACTION_REQUESTED = "redaction requested"
    EDITED_IN_BULK = "edited in bulk"
    BULK_EDIT_UNDONE = "bulk edit undone"

    # what is handed over
    OFFERED = "offered"
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    # meetings, milestones and agendas
    ADDED = "added"
    RENAMED = "renamed"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REINSTATED = "reinstated"
    ENDED = "ended"
    RAPPORTEUR_NAMED = "rapporteur named"
    RAPPORTEUR_DROPPED = "rapporteur dropped"
    PUT_ON_THE_AGENDA = "put on the agenda"
    TAKEN_OFF_THE_AGENDA = "taken off the agenda"
    AGENDA_ORDERED = "agenda ordered"
    AGENDA_PUBLISHED = "agenda published"
    AGENDA_WITHDRAWN = "agenda withdrawn"
    NOTE_FOR_THE_CHAIR = "note for the chair"
    OUTCOME_NOTED = "outcome noted"

    # people and parties
    LABEL_ADDED = "label added"
    LABEL_DROPPED = "label dropped"
    TERM_ADDED = "term added"
    TERM_ENDED = "term ended"
    TERM_UNDONE = "term undone"
    STEWARDS_SET = "stewards set"
    MADE_OPERATOR = "made operator"
    FOLLOWED = "followed"
    UNFOLLOWED = "unfollowed"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation withdrawn"
    MERGED = "merged"
    MERGED_WITH = "merged with"
    MERGE_UNDONE = "merge undone"
    MERGE_UNDONE_WITH = "merge undone with"
    ERASED = "erased"
    ADDRESS_SHOWN = "address shown"
    IMPORT_UNDONE = "import undone"
    PREFERENCES_SET = "preferences set"
    PASSWORD_SET = "password set"  # noqa: S105 - a verb
    SIGNED_OUT_EVERYWHERE = "signed out everywhere"
    DIGEST_SET = "digest set"
    DIGEST_UNDONE = "digest undone"
    FIRST_STEPS_SHOWN = "first steps shown"
    FIRST_STEPS_HIDDEN = "first steps hidden"
    CALENDAR_ADDRESS_MADE = "calendar address made"
    CALENDAR_ADDRESS_ENDED = "calendar address ended"
    ADDRESS_CLEARED = "address cleared"
    VIEW_SAVED = "view saved"
    VIEW_CHANGED = "view changed"
    VIEW_DELETED = "view deleted"
    VIEW_RESTORED = "view restored"

    # transcripts, speakers and turns
    UPLOADED = "uploaded"
    PLACED = "placed"
    LABELS_CHOSEN = "labels chosen"
    APPROVED = "approved"
    TRIED_AGAIN = "tried again"
    READ = "read"
    UNPACKED = "unpacked"
    REFUSED = "refused"
    DELETED = "deleted"
    IMPORTED = "imported"
    PASSAGES_REANCHORED = "passages re-anchored"
    PASSAGE_SETTLED = "passage settled"
    SPEAKER_ASSIGNED = "speaker assigned"
    SPEAKER_UNASSIGNED = "speaker unassigned"
    SPEAKERS_SETTLED = "speakers settled"
    INTRODUCTION_ACCEPTED = "introduction accepted"
    INTRODUCTION_DISMISSED = "introduction dismissed"
    INTRODUCTION_REOPENED = "introduction reopened"
    CANDIDATES_NOTED = "candidates noted"
    CAPACITY_NOTED = "capacity noted"
    CAPACITY_UNDONE = "capacity undone"
    CAPACITIES_CARRIED_OVER = "capacities carried over"
    DOUBT_SETTLED = "doubt settled"
    DOUBT_REOPENED = "doubt reopened"
    TURN_SPLIT = "turn split"
    TURNS_JOINED = "turns joined"
    TURN_SET_APART = "turn set apart"
    TURN_CHANGED = "turn changed"

    # triage and the detector
    FOUND = "found"
    FOUND_TOO = "found too"
    MARKED = "marked"
    ACCEPTED = "accepted"
    ATTACHED = "attached"
    SET_ASIDE = "set aside"
    TO_BE_SET_ASIDE = "to be set aside"
    SET_ASIDE_BY_TWO = "set aside by two"
    SENT_BACK = "sent back"
    SNOOZED = "snoozed"
    MARKED_SENSITIVE = "marked sensitive"
    NO_LONGER_MARKED_SENSITIVE = "no longer marked sensitive"
    ADVISED = "advised"
    ADVICE_WITHDRAWN = "advice withdrawn"
    DECISION_UNDONE = "decision undone"
    BATCH_DECIDED = "batch decided"
    BATCH_UNDONE = "batch undone"
    TRAINED = "trained"
    FORGOTTEN = "forgotten"
    STARTED = "started"
    STOPPED = "stopped"
    PART_SKIPPED = "part skipped"

    # mail and reports
    HELD = "held"
    RELEASED = "released"
    SENT_AGAIN = "sent again"
    ISSUED = "issued"

    # the register and the installation
    CREATED_AS_EXAMPLE = "created as an example"
    EXAMPLE_KEPT = "example kept"
    KEEPING_UNDONE = "keeping undone"
    STARTED_EMPTY = "started empty"
    SAMPLE_REMOVED = "sample removed"
    REMOVED = "removed"
    RETURNED = "returned"
    MOVED_ON = "moved on"


#: which verbs the history of each kind of thing holds: a reader of one kind decides on each of its verbs
SUBJECTS: Mapping[str, frozenset[Verb]] = {
    "item": frozenset(
        {
            Verb.CREATED, Verb.EDITED, Verb.PUBLISHED, Verb.UNPUBLISHED, Verb.DUE_DATE_SET, Verb.PROMISE_NOTED,
            Verb.CONDITION_MET, Verb.MOVED, Verb.PASSAGES_CITED, Verb.PROPOSAL_ACCEPTED, Verb.PROPOSAL_ATTACHED,
            Verb.PROPOSAL_DETACHED, Verb.SPEAKER_FOLLOWED, Verb.OWN_WORDS_CONFIRMED, Verb.LINKED, Verb.LINKED_FROM,
            Verb.UNLINKED,
            Verb.UNLINKED_FROM, Verb.OWNERSHIP_REQUESTED, Verb.REQUEST_WITHDRAWN, Verb.OWNERSHIP_ACCEPTED,
            Verb.OWNERSHIP_DECLINED,
            Verb.OWNERSHIP_PASSED_ON, Verb.OWNERSHIP_ENDED, Verb.ANSWERERS_NAMED, Verb.ANSWER_UNDONE,
            Verb.SECOND_PERSON_TOLD, Verb.HELPER_ADDED,
            Verb.HELPER_REMOVED, Verb.WAITS_FOR_ANOTHER, Verb.ADDRESSEE_ADDED, Verb.ADDRESSEE_REMOVED,
            Verb.SENT_TO_ADDRESSEE, Verb.SENDING_UNDONE, Verb.RESPONSE_RECORDED, Verb.PROPOSER_VIEW_RECORDED,
            Verb.POSITION_NOTED, Verb.POSITION_CORRECTED, Verb.POSITION_REMOVED, Verb.PARTING_NOTE_WRITTEN,
            Verb.UPDATED, Verb.UPDATE_UNDONE, Verb.NOTE_SHOWN, Verb.NOTES_IMPORTED, Verb.WORDS_ERASED,
            Verb.PUT_ON_THE_AGENDA, Verb.TAKEN_OFF_THE_AGENDA, Verb.OUTCOME_NOTED, Verb.REMOVED,
        }
    ),
    "milestone": frozenset(
        {
            Verb.ADDED, Verb.RENAMED, Verb.MOVED, Verb.CANCELLED, Verb.REINSTATED, Verb.PUT_ON_THE_AGENDA,
            Verb.TAKEN_OFF_THE_AGENDA, Verb.AGENDA_ORDERED, Verb.AGENDA_PUBLISHED, Verb.AGENDA_WITHDRAWN,
            Verb.NOTE_FOR_THE_CHAIR, Verb.OUTCOME_NOTED, Verb.WORDS_ERASED, Verb.REMOVED,
        }
    ),
    "series": frozenset({Verb.ADDED, Verb.RENAMED, Verb.ENDED, Verb.REMOVED}),
    "meeting": frozenset(
        {
            Verb.ADDED, Verb.EDITED, Verb.PUBLISHED, Verb.WITHDRAWN, Verb.RAPPORTEUR_NAMED, Verb.RAPPORTEUR_DROPPED,
            Verb.REMOVED,
        }
    ),
    "person": frozenset(
        {
            Verb.ADDED, Verb.EDITED, Verb.LABEL_ADDED, Verb.LABEL_DROPPED, Verb.TERM_ADDED, Verb.TERM_ENDED,
            Verb.TERM_UNDONE, Verb.MADE_OPERATOR, Verb.FOLLOWED, Verb.UNFOLLOWED, Verb.INVITED,
            Verb.INVITATION_WITHDRAWN, Verb.MERGED, Verb.MERGED_WITH, Verb.MERGE_UNDONE, Verb.MERGE_UNDONE_WITH,
            Verb.ERASED, Verb.ADDRESS_SHOWN, Verb.IMPORT_UNDONE, Verb.PREFERENCES_SET, Verb.PASSWORD_SET,
            Verb.SIGNED_OUT_EVERYWHERE, Verb.DIGEST_SET, Verb.DIGEST_UNDONE, Verb.FIRST_STEPS_SHOWN,
            Verb.FIRST_STEPS_HIDDEN, Verb.CALENDAR_ADDRESS_MADE, Verb.CALENDAR_ADDRESS_ENDED, Verb.ADDRESS_CLEARED,
            Verb.REMOVED,
        }
    ),
    "party": frozenset(
        {Verb.ADDED, Verb.RENAMED, Verb.STEWARDS_SET, Verb.ERASED, Verb.IMPORT_UNDONE, Verb.REMOVED}
    ),
    "body": frozenset(
        {
            Verb.ADDED, Verb.EDITED, Verb.RENAMED, Verb.CREATED_AS_EXAMPLE, Verb.EXAMPLE_KEPT, Verb.KEEPING_UNDONE,
            Verb.STARTED_EMPTY, Verb.SAMPLE_REMOVED, Verb.REMOVED,
        }
    ),
    "transcript": frozenset(
        {
            Verb.IMPORTED, Verb.PASSAGES_REANCHORED, Verb.PASSAGE_SETTLED, Verb.SPEAKER_ASSIGNED,
            Verb.SPEAKER_UNASSIGNED, Verb.SPEAKERS_SETTLED, Verb.INTRODUCTION_ACCEPTED, Verb.INTRODUCTION_DISMISSED,
            Verb.INTRODUCTION_REOPENED, Verb.CANDIDATES_NOTED, Verb.CAPACITY_NOTED, Verb.CAPACITY_UNDONE,
            Verb.CAPACITIES_CARRIED_OVER, Verb.DOUBT_SETTLED, Verb.DOUBT_REOPENED, Verb.TURN_SPLIT, Verb.TURNS_JOINED,
            Verb.TURN_SET_APART, Verb.DECISION_UNDONE, Verb.WORDS_ERASED, Verb.REMOVED,
            Verb.REDACTION_REQUESTED, Verb.WITHDRAWN, Verb.SENT_BACK,
        }
    ),
    "proposal": frozenset(
        {
            Verb.FOUND, Verb.FOUND_TOO, Verb.MARKED, Verb.ACCEPTED, Verb.ATTACHED, Verb.SET_ASIDE, Verb.TO_BE_SET_ASIDE,
            Verb.SET_ASIDE_BY_TWO, Verb.SENT_BACK, Verb.SNOOZED, Verb.MARKED_SENSITIVE, Verb.NO_LONGER_MARKED_SENSITIVE,
            Verb.ADVISED, Verb.ADVICE_WITHDRAWN, Verb.DECISION_UNDONE, Verb.TURN_CHANGED, Verb.REMOVED,
        }
    ),
    "upload": frozenset(
        {
            Verb.UPLOADED, Verb.PLACED, Verb.LABELS_CHOSEN, Verb.APPROVED, Verb.TRIED_AGAIN, Verb.READ, Verb.UNPACKED,
            Verb.REFUSED, Verb.DELETED, Verb.IMPORTED, Verb.REMOVED,
        }
    ),
    "batch": frozenset({Verb.BATCH_DECIDED, Verb.BATCH_UNDONE}),
    "bulk_edit": frozenset({Verb.EDITED_IN_BULK, Verb.BULK_EDIT_UNDONE}),
    "handover": frozenset({Verb.OFFERED, Verb.TAKEN, Verb.DECLINED, Verb.WITHDRAWN, Verb.WORDS_ERASED}),
    "people_import": frozenset({Verb.IMPORTED, Verb.IMPORT_UNDONE}),
    "saved_view": frozenset(
        {Verb.VIEW_SAVED, Verb.VIEW_CHANGED, Verb.VIEW_DELETED, Verb.VIEW_RESTORED, Verb.WORDS_ERASED}
    ),
    "detector": frozenset({Verb.TRAINED, Verb.FORGOTTEN}),
    "erasures": frozenset({Verb.ERASED}),
    "assistant_reading": frozenset(
        {Verb.STARTED, Verb.STOPPED, Verb.PART_SKIPPED, Verb.TRIED_AGAIN, Verb.CANCELLED, Verb.READ}
    ),
    "report": frozenset({Verb.ISSUED, Verb.WORDS_ERASED, Verb.REMOVED}),
    "mail": frozenset({Verb.SENT_AGAIN, Verb.CANCELLED}),
    "relay": frozenset({Verb.HELD, Verb.RELEASED}),
    "digest_hold": frozenset({Verb.HELD, Verb.RELEASED, Verb.CANCELLED}),
    "clock": frozenset({Verb.RETURNED, Verb.MOVED_ON}),
}  # fmt: skip
