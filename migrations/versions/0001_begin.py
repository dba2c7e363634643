"""Every table, what the database itself refuses to change, and the full text that it keeps in step.

An entry of the full text has its row's number times four plus the kind, so that a change finds its entry at once. A later
batch migration of one of these tables drops its triggers on SQLite: make them again there (`freeze`, `follow`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# What the database itself refuses to change: the history, and reports once issued.
FROZEN = ("event", "report")


def freeze(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()"
    )


def thaw(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TRIGGER {table}_no_change ON {table}")
        op.execute(f"DROP FUNCTION {table}_is_append_only()")


SPOKEN = (
    'substr((SELECT text FROM transcript WHERE id = {row}.transcript_id), {row}.start + 1, {row}."end" - {row}.start)'
)
# table, kind, title, body, and the columns that these two come from
SOURCES = (
    ("item", 0, "{row}.title", "{row}.text", "title, text"),
    ("item_update", 1, "''", "{row}.note", "note"),
    ("turn", 2, "''", SPOKEN, 'transcript_id, start, "end"'),
    ("person", 3, "{row}.name", "coalesce({row}.affiliation, '')", "name, affiliation"),
)
# PostgreSQL refuses a tsvector of more than a megabyte; what is longer is found by its beginning
WORDS = "setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', left(body, 200000)), 'B')"


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def make_table() -> None:
    if is_sqlite():
        op.execute(
            "CREATE VIRTUAL TABLE search_entry USING fts5(title, body, "
            "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
        )
        op.execute("INSERT INTO search_entry (search_entry, rank) VALUES ('rank', 'bm25(10.0, 1.0)')")
        return
    op.execute(
        "CREATE TABLE search_entry (id bigint PRIMARY KEY, title text NOT NULL, body text NOT NULL, "
        f"words tsvector GENERATED ALWAYS AS ({WORDS}) STORED)"
    )
    op.execute("CREATE INDEX search_entry_words ON search_entry USING gin (words)")


def follow_on_sqlite(table: str, kind: int, title: str, body: str, columns: str) -> None:
    number, new = f"NEW.id * 4 + {kind}", {"row": "NEW"}
    op.execute(
        f"CREATE TRIGGER search_{table}_added AFTER INSERT ON {table} BEGIN "
        f"INSERT INTO search_entry (rowid, title, body) VALUES ({number}, {title.format(**new)}, {body.format(**new)}); END"
    )
    op.execute(
        f"CREATE TRIGGER search_{table}_changed AFTER UPDATE OF {columns} ON {table} BEGIN "
        f"UPDATE search_entry SET title = {title.format(**new)}, body = {body.format(**new)} WHERE rowid = {number}; END"
    )
    op.execute(
        f"CREATE TRIGGER search_{table}_gone AFTER DELETE ON {table} BEGIN "
        f"DELETE FROM search_entry WHERE rowid = OLD.id * 4 + {kind}; END"
    )


def follow_on_postgresql(table: str, kind: int, title: str, body: str, columns: str) -> None:
    new = {"row": "NEW"}
    op.execute(
        f"CREATE FUNCTION search_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'DELETE' THEN DELETE FROM search_entry WHERE id = OLD.id::bigint * 4 + {kind}; RETURN OLD; END IF; "
        f"INSERT INTO search_entry (id, title, body) "
        f"VALUES (NEW.id::bigint * 4 + {kind}, {title.format(**new)}, {body.format(**new)}) "
        "ON CONFLICT (id) DO UPDATE SET title = EXCLUDED.title, body = EXCLUDED.body; RETURN NEW; END $$"
    )
    op.execute(
        f"CREATE TRIGGER search_{table} AFTER INSERT OR DELETE OR UPDATE OF {columns} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION search_{table}()"
    )


def follow(table: str, kind: int, title: str, body: str, columns: str) -> None:
    if is_sqlite():
        follow_on_sqlite(table, kind, title, body, columns)
    else:
        follow_on_postgresql(table, kind, title, body, columns)


def upgrade() -> None:
    op.create_table(
        "attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.create_index("ix_attempt_key_at", ["key", "at"], unique=False)

    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("is_register", sa.Boolean(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("stakeholder_group", sa.String(), nullable=False),
        sa.Column("digest_months", sa.Integer(), nullable=False),
        sa.Column("holds_unusual", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["body.id"], name=op.f("fk_body_parent_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("slug", name=op.f("uq_body_slug")),
    )
    op.create_table(
        "clock_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offset_seconds", sa.Integer(), nullable=False),
        sa.Column("is_returned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "browser",
                "mail",
                "import",
                "job",
                "command-line",
                name="change_way",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_body_id"), ["body_id"], unique=False)
        batch_op.create_index("ix_event_subject_id", ["subject", "id"], unique=False)

    op.create_table(
        "job_run",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_run")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("affiliation", sa.String(), nullable=True),
        sa.Column("stakeholder_group", sa.String(), nullable=False),
        sa.Column(
            "group_source",
            sa.Enum(
                "stated",
                "member-list",
                "self-declared",
                "guessed",
                name="group_source",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("is_operator", sa.Boolean(), nullable=False),
        sa.Column("token_epoch", sa.Integer(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into_id"], ["person.id"], name=op.f("fk_person_merged_into_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("slug", name=op.f("uq_person_slug")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_merged_into_id"), ["merged_into_id"], unique=False)

    op.create_table(
        "stakeholder_group",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("slug", name=op.f("pk_stakeholder_group")),
    )
    op.create_table(
        "suppression",
        sa.Column("to_addr", sa.String(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("to_addr", name=op.f("pk_suppression")),
    )
    op.create_table(
        "wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.Column("erasure_ground", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
    )
    with op.batch_alter_table("wording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wording_written_by"), ["written_by"], unique=False)

    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "item",
                "attached",
                "set-aside",
                "snoozed",
                name="triage_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "not-a-proposal",
                "exchange-in-the-room",
                "too-general",
                "meeting-logistics",
                "duplicate",
                "other",
                name="aside_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("decided_by", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_batch_body_id_body")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_batch_decided_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_batch_body_id"), ["body_id"], unique=False)

    op.create_table(
        "bulk_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wish", sa.JSON(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_bulk_edit_body_id_body")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_bulk_edit_made_by_person")),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name=op.f("fk_bulk_edit_undone_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_edit")),
    )
    with op.batch_alter_table("bulk_edit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_edit_body_id"), ["body_id"], unique=False)

    op.create_table(
        "calendar_link",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("token_epoch", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_link_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_link_token_hash")),
    )
    op.create_table(
        "first_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["person.id"], name=op.f("fk_first_sign_in_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_sign_in")),
    )
    op.create_table(
        "handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("offered_by", sa.Integer(), nullable=True),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_handover_body_id_body")),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_handover_from_id_person")),
        sa.ForeignKeyConstraint(["offered_by"], ["person.id"], name=op.f("fk_handover_offered_by_person")),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_handover_to_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_to_id"), ["to_id"], unique=False)

    op.create_table(
        "invitation",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_invitation_body_id_body")),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name=op.f("fk_invitation_invited_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "body_id", name=op.f("pk_invitation")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_body_id"), ["body_id"], unique=False)

    op.create_table(
        "item_counter",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_item_counter_body_id_body")),
        sa.PrimaryKeyConstraint("body_id", name=op.f("pk_item_counter")),
    )
    op.create_table(
        "label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_label_person_id_person")),
        sa.ForeignKeyConstraint(["register_id"], ["body.id"], name=op.f("fk_label_register_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label")),
        sa.UniqueConstraint("register_id", "text", name=op.f("uq_label_register_id_text")),
    )
    with op.batch_alter_table("label", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_label_person_id"), ["person_id"], unique=False)

    op.create_table(
        "outgoing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "digest",
                "sign-in",
                "request",
                "receipt",
                "notice",
                "warning",
                "test",
                name="mail_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("to_addr", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("html", sa.String(), nullable=True),
        sa.Column("headers", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sending",
                "sent",
                "empty",
                "dead",
                "cancelled",
                "held",
                name="mail_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("phase", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("ambiguous", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_token", sa.String(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_code", sa.Integer(), nullable=True),
        sa.Column("last_text", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_invitation", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_outgoing_body_id_body")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_outgoing_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing")),
        sa.UniqueConstraint("message_id", name=op.f("uq_outgoing_message_id")),
        sa.UniqueConstraint("person_id", "kind", "period", name=op.f("uq_outgoing_person_id_kind_period")),
    )
    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outgoing_person_id"), ["person_id"], unique=False)
        batch_op.create_index("ix_outgoing_state_next_at", ["state", "next_at"], unique=False)

    op.create_table(
        "incoming_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "fate",
            sa.Enum(
                "recorded",
                "answered",
                "automatic",
                "bounced",
                "unknown",
                name="reply_fate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_incoming_message_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_message")),
        sa.UniqueConstraint("name", name=op.f("uq_incoming_message_name")),
    )
    with op.batch_alter_table("incoming_message", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_incoming_message_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_incoming_message_received_at"), ["received_at"], unique=False)

    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("class_name", sa.String(), nullable=True),
        sa.Column("steward_id", sa.Integer(), nullable=True),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN body_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN class_name IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_party_one_of_three"),
        ),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_party_body_id_body")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_party_person_id_person")),
        sa.ForeignKeyConstraint(["second_id"], ["person.id"], name=op.f("fk_party_second_id_person")),
        sa.ForeignKeyConstraint(["steward_id"], ["person.id"], name=op.f("fk_party_steward_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("body_id", name=op.f("uq_party_body_id")),
        sa.UniqueConstraint("person_id", name=op.f("uq_party_person_id")),
        sa.UniqueConstraint("slug", name=op.f("uq_party_slug")),
    )
    op.create_table(
        "people_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_people_import_body_id_body")),
        sa.ForeignKeyConstraint(["imported_by"], ["person.id"], name=op.f("fk_people_import_imported_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_import")),
    )
    with op.batch_alter_table("people_import", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_import_body_id"), ["body_id"], unique=False)

    op.create_table(
        "relay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("needs_person", sa.Boolean(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("held_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.Column("smtp_seen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["released_by"], ["person.id"], name=op.f("fk_relay_released_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay")),
    )
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_saved_view_body_id_body")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_saved_view_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("body_id", "slug", name=op.f("uq_saved_view_body_id_slug")),
    )
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_view_made_by"), ["made_by"], unique=False)

    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("length_days", sa.Integer(), nullable=False),
        sa.Column(
            "repeats",
            sa.Enum(
                "weeks",
                "month-weekday",
                "month-last-weekday",
                "month-day",
                name="repeats",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length_days >= 1 AND every >= 1", name=op.f("ck_series_counts")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_series_body_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_series_body_id"), ["body_id"], unique=False)

    op.create_table(
        "sign_in_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_link_person_id_person")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in_link")),
    )
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_link_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sign_in_session",
        sa.Column("id_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sign_in_session_person_id_person")),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_sign_in_session")),
    )
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_session_person_id"), ["person_id"], unique=False)

    op.create_table(
        "steps_hidden",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_steps_hidden_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_steps_hidden")),
    )
    op.create_table(
        "subscription",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "frequency",
            sa.Enum(
                "daily",
                "weekly",
                "fortnightly",
                "monthly",
                "never",
                name="frequency",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("subscribed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.CheckConstraint("hour BETWEEN 0 AND 23", name=op.f("ck_subscription_hour")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_subscription_weekday")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_subscription_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_subscription")),
    )
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "secretariat",
                "chair",
                "member",
                "rapporteur",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_day IS NULL OR last_day >= first_day", name=op.f("ck_term_days_in_order")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_term_body_id_body")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_term_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
    )
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_term_person_id"), ["person_id"], unique=False)

    op.create_table(
        "trained_detector",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("trained_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_trained_detector_body_id_body")),
        sa.PrimaryKeyConstraint("body_id", name=op.f("pk_trained_detector")),
    )
    op.create_table(
        "digest_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "by-hand",
                "first-run",
                "more-mails",
                "more-changes",
                name="hold_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("held_by", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("usual", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_digest_hold_body_id_body")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_digest_hold_ended_by_person")),
        sa.ForeignKeyConstraint(["held_by"], ["person.id"], name=op.f("fk_digest_hold_held_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_hold")),
    )
    with op.batch_alter_table("digest_hold", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digest_hold_body_id"), ["body_id"], unique=False)

    op.create_table(
        "digest",
        sa.Column("outgoing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("window_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("hold_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["hold_id"], ["digest_hold.id"], name=op.f("fk_digest_hold_id_digest_hold")),
        sa.ForeignKeyConstraint(["outgoing_id"], ["outgoing.id"], name=op.f("fk_digest_outgoing_id_outgoing")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_digest_person_id_person")),
        sa.PrimaryKeyConstraint("outgoing_id", name=op.f("pk_digest")),
    )
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_digest_hold_id"), ["hold_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_digest_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_digest_window_to"), ["window_to"], unique=False)

    op.create_table(
        "imported_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Integer(), nullable=True),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("stayed", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["people_import.id"], name=op.f("fk_imported_person_import_id_people_import")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_imported_person_person_id_person")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_imported_person_term_id_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_person")),
    )
    with op.batch_alter_table("imported_person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_person_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_imported_person_person_id"), ["person_id"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("tentative", sa.Boolean(), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("series_day", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_milestone_days_in_order")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_milestone_body_id_body")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_milestone_series_id_series")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
        sa.UniqueConstraint("body_id", "slug", name=op.f("uq_milestone_body_id_slug")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index("ix_milestone_series_id_series_day", ["series_id", "series_day"], unique=True)

    op.create_table(
        "agenda",
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column(
            "visibility",
            sa.Enum("internal", "published", name="visibility", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_agenda_milestone_id_milestone")),
        sa.PrimaryKeyConstraint("milestone_id", name=op.f("pk_agenda")),
    )
    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "recommendation",
                "call",
                "commitment",
                "offer",
                "request",
                name="item_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=True),
        sa.Column("put_forward_by", sa.Integer(), nullable=True),
        sa.Column(
            "capacity",
            sa.Enum(
                "own",
                "organisation",
                "government",
                "coalition-or-group",
                "mag-member",
                "chair",
                "moderator",
                "rapporteur",
                "secretariat",
                "host",
                "not-stated",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("capacity_of", sa.String(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "in-the-room",
                "remote",
                "through-interpretation",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reported_by", sa.Integer(), nullable=True),
        sa.Column(
            "speaker_part",
            sa.Enum(
                "proposer",
                "reporter",
                name="speaker_part",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("condition", sa.String(), nullable=True),
        sa.Column("condition_met_on", sa.Date(), nullable=True),
        sa.Column(
            "progress",
            sa.Enum(
                "not-started",
                "in-progress",
                "waiting",
                "done-in-part",
                "done",
                "no-longer-pursued",
                name="progress",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("done_count", sa.Integer(), nullable=True),
        sa.Column("total_count", sa.Integer(), nullable=True),
        sa.Column("progress_reason", sa.String(), nullable=True),
        sa.Column("waiting_for", sa.Integer(), nullable=True),
        sa.Column(
            "waiting_kind",
            sa.Enum(
                "party",
                "funding",
                "decision",
                "event",
                name="waiting_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("own_due_on", sa.Date(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column(
            "due_from",
            sa.Enum("first-day", "last-day", name="due_from", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("offset_days", sa.Integer(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column(
            "proposer_view",
            sa.Enum(
                "satisfied",
                "partly",
                "disputes",
                name="proposer_view",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("proposer_note", sa.String(), nullable=True),
        sa.Column(
            "visibility",
            sa.Enum("internal", "published", name="visibility", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "done_count IS NULL OR done_count BETWEEN 0 AND total_count", name=op.f("ck_item_count_in_range")
        ),
        sa.CheckConstraint("own_due_on IS NULL OR milestone_id IS NULL", name=op.f("ck_item_one_due_rule")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_item_body_id_body")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_item_milestone_id_milestone")),
        sa.ForeignKeyConstraint(["put_forward_by"], ["party.id"], name=op.f("fk_item_put_forward_by_party")),
        sa.ForeignKeyConstraint(["reported_by"], ["person.id"], name=op.f("fk_item_reported_by_person")),
        sa.ForeignKeyConstraint(["waiting_for"], ["party.id"], name=op.f("fk_item_waiting_for_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("body_id", "number", name=op.f("uq_item_body_id_number")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_milestone_id"), ["milestone_id"], unique=False)
        batch_op.create_index(
            "ix_item_of_milestone", ["body_id", "milestone_id", "progress", "proposer_view", "visibility"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_item_progress"), ["progress"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_put_forward_by"), ["put_forward_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_theme"), ["theme"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_waiting_for"), ["waiting_for"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("recording_url", sa.String(), nullable=True),
        sa.Column(
            "visibility",
            sa.Enum("internal", "published", name="visibility", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_meeting_days_in_order")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_meeting_body_id_body")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_meeting_milestone_id_milestone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("body_id", "slug", name=op.f("uq_meeting_body_id_slug")),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("picture", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_report_body_id_body")),
        sa.ForeignKeyConstraint(["issued_by"], ["person.id"], name=op.f("fk_report_issued_by_person")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_report_milestone_id_milestone")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("milestone_id", "number", name=op.f("uq_report_milestone_id_number")),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_body_id"), ["body_id"], unique=False)

    op.create_table(
        "addressee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column(
            "response",
            sa.Enum(
                "not-yet-sent",
                "sent",
                "under-consideration",
                "taken-up",
                "taken-up-in-part",
                "not-taken-up",
                "referred",
                "overtaken",
                name="response_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column(
            "sent_way",
            sa.Enum(
                "letter",
                "mail",
                "in-the-meeting",
                "call",
                "other",
                name="send_way",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("sent_words", sa.String(), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("responded_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_addressee_item_id_item")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_addressee_party_id_party")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_addressee_recorded_by_person")),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_addressee_sent_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_addressee")),
        sa.UniqueConstraint("item_id", "party_id", name=op.f("uq_addressee_item_id_party_id")),
    )
    with op.batch_alter_table("addressee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_addressee_party_id"), ["party_id"], unique=False)

    op.create_table(
        "agenda_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("note_by", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "raised",
                "not-reached",
                "postponed",
                name="agenda_outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("outcome_note", sa.String(), nullable=True),
        sa.Column("outcome_by", sa.Integer(), nullable=True),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("postponed_to", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_agenda_entry_item_id_item")),
        sa.ForeignKeyConstraint(
            ["milestone_id"], ["milestone.id"], name=op.f("fk_agenda_entry_milestone_id_milestone")
        ),
        sa.ForeignKeyConstraint(["note_by"], ["person.id"], name=op.f("fk_agenda_entry_note_by_person")),
        sa.ForeignKeyConstraint(["outcome_by"], ["person.id"], name=op.f("fk_agenda_entry_outcome_by_person")),
        sa.ForeignKeyConstraint(
            ["postponed_to"], ["milestone.id"], name=op.f("fk_agenda_entry_postponed_to_milestone")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_entry")),
        sa.UniqueConstraint("milestone_id", "item_id", name=op.f("uq_agenda_entry_milestone_id_item_id")),
    )
    with op.batch_alter_table("agenda_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_entry_item_id"), ["item_id"], unique=False)

    op.create_table(
        "bulk_change",
        sa.Column("bulk_edit_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("last_event", sa.Integer(), nullable=False),
        sa.Column("is_undone", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["bulk_edit_id"], ["bulk_edit.id"], name=op.f("fk_bulk_change_bulk_edit_id_bulk_edit")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_bulk_change_item_id_item")),
        sa.PrimaryKeyConstraint("bulk_edit_id", "item_id", name=op.f("pk_bulk_change")),
    )
    with op.batch_alter_table("bulk_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_change_item_id"), ["item_id"], unique=False)

    op.create_table(
        "closing_view",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column(
            "view",
            sa.Enum(
                "satisfied",
                "partly",
                "disputes",
                name="proposer_view",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_closing_view_item_id_item")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_closing_view_party_id_party")),
        sa.PrimaryKeyConstraint("item_id", "party_id", name=op.f("pk_closing_view")),
    )
    with op.batch_alter_table("closing_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closing_view_party_id"), ["party_id"], unique=False)

    op.create_table(
        "follow",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_follow_item_id_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_follow_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "item_id", name=op.f("pk_follow")),
    )
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_follow_item_id"), ["item_id"], unique=False)

    op.create_table(
        "helper",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_helper_item_id_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_helper_person_id_person")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_helper")),
    )
    with op.batch_alter_table("helper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_helper_person_id"), ["person_id"], unique=False)

    op.create_table(
        "item_link",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "repeats",
                "refines",
                "depends-on",
                "supersedes",
                "answered-by",
                name="link_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("item_id <> other_id", name=op.f("ck_item_link_not_itself")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_link_item_id_item")),
        sa.ForeignKeyConstraint(["other_id"], ["item.id"], name=op.f("fk_item_link_other_id_item")),
        sa.PrimaryKeyConstraint("item_id", "other_id", "kind", name=op.f("pk_item_link")),
    )
    with op.batch_alter_table("item_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_link_other_id"), ["other_id"], unique=False)

    op.create_table(
        "item_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column(
            "progress",
            sa.Enum(
                "not-started",
                "in-progress",
                "waiting",
                "done-in-part",
                "done",
                "no-longer-pursued",
                name="progress",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "visibility",
            sa.Enum("internal", "published", name="visibility", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_item_update_author_id_person")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_update_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_update")),
    )
    with op.batch_alter_table("item_update", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_update_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_update_item_id"), ["item_id"], unique=False)

    op.create_table(
        "meeting_rapporteur",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_rapporteur_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_rapporteur_person_id_person")),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_meeting_rapporteur")),
    )
    with op.batch_alter_table("meeting_rapporteur", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_rapporteur_person_id"), ["person_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outgoing_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "request",
                "waiting",
                "date",
                name="notice_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_notice_event_id_event")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_notice_item_id_item")),
        sa.ForeignKeyConstraint(["outgoing_id"], ["outgoing.id"], name=op.f("fk_notice_outgoing_id_outgoing")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("person_id", "event_id", name=op.f("uq_notice_person_id_event_id")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_outgoing_id"), ["outgoing_id"], unique=False)

    op.create_table(
        "ownership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "accepted",
                "declined",
                "passed-on",
                "withdrawn",
                "ended",
                name="owner_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("answers_for_id", sa.Integer(), nullable=True),
        sa.Column("second_id", sa.Integer(), nullable=True),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_ownership_answered_by_person")),
        sa.ForeignKeyConstraint(["answers_for_id"], ["person.id"], name=op.f("fk_ownership_answers_for_id_person")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_ownership_item_id_item")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_ownership_party_id_party")),
        sa.ForeignKeyConstraint(["requested_by"], ["person.id"], name=op.f("fk_ownership_requested_by_person")),
        sa.ForeignKeyConstraint(["second_id"], ["person.id"], name=op.f("fk_ownership_second_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ownership")),
    )
    with op.batch_alter_table("ownership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ownership_answers_for_id"), ["answers_for_id"], unique=False)
        batch_op.create_index("ix_ownership_item_id_state", ["item_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_ownership_party_id"), ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ownership_second_id"), ["second_id"], unique=False)

    op.create_table(
        "parting_note",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_parting_note_item_id_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_parting_note_person_id_person")),
        sa.PrimaryKeyConstraint("item_id", "person_id", name=op.f("pk_parting_note")),
    )
    op.create_table(
        "transcript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("author_key", sa.String(), server_default="", nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=True),
        sa.Column("author_affiliation", sa.String(), nullable=True),
        sa.Column("author_group", sa.String(), nullable=True),
        sa.Column("for_organisation", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_group"], ["stakeholder_group.slug"], name=op.f("fk_transcript_author_group_stakeholder_group")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_transcript_author_id_person")),
        sa.ForeignKeyConstraint(["imported_by"], ["person.id"], name=op.f("fk_transcript_imported_by_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_transcript_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript")),
        sa.UniqueConstraint(
            "meeting_id", "author_key", "number", name=op.f("uq_transcript_meeting_id_author_key_number")
        ),
        sa.UniqueConstraint("meeting_id", "sha256", name=op.f("uq_transcript_meeting_id_sha256")),
    )
    with op.batch_alter_table("transcript", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transcript_sha256"), ["sha256"], unique=False)

    op.create_table(
        "correction",
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("gone", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["earlier_id"], ["transcript.id"], name=op.f("fk_correction_earlier_id_transcript")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_correction_transcript_id_transcript")
        ),
        sa.PrimaryKeyConstraint("transcript_id", name=op.f("pk_correction")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("link", "file", name="evidence_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("filename", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["update_id"], ["item_update.id"], name=op.f("fk_evidence_update_id_item_update")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_update_id"), ["update_id"], unique=False)

    op.create_table(
        "answer_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "in-progress",
                "done",
                "waiting",
                "more-time",
                "not-mine",
                "take-it",
                "pass-on",
                "satisfied",
                "partly",
                "disputes",
                "note",
                name="mail_answer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("form_key", sa.String(), nullable=False),
        sa.Column("first_event", sa.Integer(), nullable=False),
        sa.Column("last_event", sa.Integer(), nullable=False),
        sa.Column("update_id", sa.Integer(), nullable=True),
        sa.Column("ownerships", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undo_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_answer_receipt_item_id_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_answer_receipt_person_id_person")),
        sa.ForeignKeyConstraint(["recorded_by"], ["person.id"], name=op.f("fk_answer_receipt_recorded_by_person")),
        sa.ForeignKeyConstraint(
            ["update_id"], ["item_update.id"], name=op.f("fk_answer_receipt_update_id_item_update")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_receipt")),
        sa.UniqueConstraint(
            "person_id", "item_id", "form_key", name=op.f("uq_answer_receipt_person_id_item_id_form_key")
        ),
    )
    with op.batch_alter_table("answer_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_receipt_item_id"), ["item_id"], unique=False)

    op.create_table(
        "handover_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column(
            "duty",
            sa.Enum(
                "owns",
                "to-answer",
                "answers-for",
                "seconds",
                "helps",
                "awaited",
                "steward",
                "second",
                name="duty",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("party_id", sa.Integer(), nullable=True),
        sa.Column("ownership_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "requested",
                "accepted",
                "declined",
                "passed-on",
                "withdrawn",
                "ended",
                name="owner_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.CheckConstraint("(item_id IS NULL) <> (party_id IS NULL)", name=op.f("ck_handover_part_one_of_two")),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_handover_part_handover_id_handover")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_handover_part_item_id_item")),
        sa.ForeignKeyConstraint(
            ["ownership_id"], ["ownership.id"], name=op.f("fk_handover_part_ownership_id_ownership")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_handover_part_party_id_party")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_part")),
    )
    with op.batch_alter_table("handover_part", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_part_handover_id"), ["handover_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_handover_part_item_id"), ["item_id"], unique=False)

    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("moved_from_id", sa.Integer(), nullable=True),
        sa.Column("is_lost", sa.Boolean(), nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck_passage_range")),
        sa.ForeignKeyConstraint(["moved_from_id"], ["passage.id"], name=op.f("fk_passage_moved_from_id_passage")),
        sa.ForeignKeyConstraint(["speaker_id"], ["person.id"], name=op.f("fk_passage_speaker_id_person")),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcript.id"], name=op.f("fk_passage_transcript_id_transcript")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage")),
        sa.UniqueConstraint("sha256", "start", "end", name=op.f("uq_passage_sha256_start_end")),
    )
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passage_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_passage_speaker_id"), ["speaker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_passage_transcript_id"), ["transcript_id"], unique=False)

    op.create_table(
        "speaker_doubt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open", "same", "different", name="doubt_state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(other IS NULL) <> (person_id IS NULL)", name=op.f("ck_speaker_doubt_label_or_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_speaker_doubt_decided_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_speaker_doubt_person_id_person")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_speaker_doubt_transcript_id_transcript")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker_doubt")),
        sa.UniqueConstraint("transcript_id", "label", "other", name=op.f("uq_speaker_doubt_transcript_id_label_other")),
        sa.UniqueConstraint(
            "transcript_id", "label", "person_id", name=op.f("uq_speaker_doubt_transcript_id_label_person_id")
        ),
    )
    with op.batch_alter_table("speaker_doubt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_doubt_person_id"), ["person_id"], unique=False)

    op.create_table(
        "turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.Integer(), nullable=True),
        sa.Column("split_from", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.String(), nullable=True),
        sa.Column("capacity_of", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("is_reporting", sa.Boolean(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" >= start', name=op.f("ck_turn_range")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_turn_person_id_person")),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcript.id"], name=op.f("fk_turn_transcript_id_transcript")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_turn")),
        sa.UniqueConstraint("transcript_id", "seq", name=op.f("uq_turn_transcript_id_seq")),
    )
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_turn_is_reporting"), ["is_reporting"], unique=False)
        batch_op.create_index(batch_op.f("ix_turn_person_id"), ["person_id"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "reading",
                "to-place",
                "to-look-at",
                "imported",
                "unpacked",
                "refused",
                name="upload_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "step",
            sa.Enum(
                "file",
                "speakers",
                "proposals",
                "storing",
                name="upload_step",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.String(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("wants_look", sa.Boolean(), nullable=False),
        sa.Column("choice", sa.JSON(), nullable=False),
        sa.Column("author", sa.JSON(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("refusal_values", sa.JSON(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=True),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_upload_body_id_body")),
        sa.ForeignKeyConstraint(["kept_by"], ["person.id"], name=op.f("fk_upload_kept_by_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_upload_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcript.id"], name=op.f("fk_upload_transcript_id_transcript")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_upload_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_upload_state"), ["state"], unique=False)

    op.create_table(
        "assistant_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("prices", sa.String(), nullable=True),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("parts_done", sa.Integer(), nullable=False),
        sa.Column("parts_skipped", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "reading",
                "done",
                "stopped",
                "cancelled",
                name="assistant_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.String(), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.Column("refusal_values", sa.JSON(), nullable=False),
        sa.Column("tokens_sent", sa.Integer(), nullable=False),
        sa.Column("tokens_answered", sa.Integer(), nullable=False),
        sa.Column("is_estimated", sa.Boolean(), nullable=False),
        sa.Column("found_new", sa.Integer(), nullable=False),
        sa.Column("found_too", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_assistant_reading_body_id_body")),
        sa.ForeignKeyConstraint(["started_by"], ["person.id"], name=op.f("fk_assistant_reading_started_by_person")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_assistant_reading_transcript_id_transcript")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistant_reading")),
    )
    with op.batch_alter_table("assistant_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assistant_reading_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assistant_reading_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_assistant_reading_transcript_id"), ["transcript_id"], unique=False)

    op.create_table(
        "anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column(
            "found",
            sa.Enum(
                "unchanged",
                "moved",
                "changed",
                "placed",
                "doubtful",
                "lost",
                "gone",
                name="anchor_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "unchanged",
                "moved",
                "changed",
                "placed",
                "doubtful",
                "lost",
                "gone",
                name="anchor_state_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("moved_to_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("likeness", sa.Float(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_anchor_decided_by_person")),
        sa.ForeignKeyConstraint(["moved_to_id"], ["passage.id"], name=op.f("fk_anchor_moved_to_id_passage")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_anchor_passage_id_passage")),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcript.id"], name=op.f("fk_anchor_transcript_id_transcript")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_anchor")),
        sa.UniqueConstraint("passage_id", "transcript_id", name=op.f("uq_anchor_passage_id_transcript_id")),
    )
    with op.batch_alter_table("anchor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_anchor_moved_to_id"), ["moved_to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_anchor_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_anchor_transcript_id"), ["transcript_id"], unique=False)

    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("affiliation", sa.String(), nullable=True),
        sa.Column("stakeholder_group", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "accepted",
                "dismissed",
                name="candidate_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint('start >= 0 AND "end" > start', name=op.f("ck_introduction_range")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_introduction_decided_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_introduction_person_id_person")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_introduction_transcript_id_transcript")
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_introduction_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
    )
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_introduction_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_introduction_transcript_id"), ["transcript_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_introduction_turn_id"), ["turn_id"], unique=False)

    op.create_table(
        "item_passage",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "new",
                "repeats",
                "refines",
                "supports",
                "objects",
                "asks",
                "answers",
                "covered",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_passage_item_id_item")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_item_passage_passage_id_passage")),
        sa.PrimaryKeyConstraint("item_id", "passage_id", name=op.f("pk_item_passage")),
    )
    with op.batch_alter_table("item_passage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_passage_passage_id"), ["passage_id"], unique=False)

    op.create_table(
        "joined_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=False),
        sa.Column("cut", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("speaker", sa.String(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("said_at", sa.Integer(), nullable=True),
        sa.Column("split_from", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_joined_turn_person_id_person")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_joined_turn_transcript_id_transcript")
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_joined_turn_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joined_turn")),
        sa.UniqueConstraint("transcript_id", "seq", name=op.f("uq_joined_turn_transcript_id_seq")),
    )
    with op.batch_alter_table("joined_turn", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_joined_turn_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_joined_turn_turn_id"), ["turn_id"], unique=False)

    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "supports",
                "supports-if",
                "objects-to-the-aim",
                "objects-to-the-way",
                "has-a-concern",
                "asks",
                name="stance",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("condition", sa.String(), nullable=True),
        sa.Column(
            "capacity",
            sa.Enum(
                "own",
                "organisation",
                "government",
                "coalition-or-group",
                "mag-member",
                "chair",
                "moderator",
                "rapporteur",
                "secretariat",
                "host",
                "not-stated",
                name="capacity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("capacity_of", sa.String(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "in-the-room",
                "remote",
                "through-interpretation",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reported_by", sa.Integer(), nullable=True),
        sa.Column("passage_id", sa.Integer(), nullable=True),
        sa.Column("follows_speaker", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_position_item_id_item")),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_position_party_id_party")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_position_passage_id_passage")),
        sa.ForeignKeyConstraint(["reported_by"], ["person.id"], name=op.f("fk_position_reported_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_position_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_position_party_id"), ["party_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_position_passage_id"), ["passage_id"], unique=False)

    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("turn_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "recommendation",
                "call",
                "commitment",
                "offer",
                "request",
                "support",
                "objection",
                name="proposal_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=True),
        sa.Column("due_hint", sa.String(), nullable=True),
        sa.Column("milestone_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("hole", sa.Boolean(), nullable=False),
        sa.Column("exchange", sa.Boolean(), nullable=False),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "detector",
                "hand",
                "assistant",
                "both",
                name="proposal_source",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "item",
                "attached",
                "set-aside",
                "snoozed",
                name="triage_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "not-a-proposal",
                "exchange-in-the-room",
                "too-general",
                "meeting-logistics",
                "duplicate",
                "other",
                name="aside_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sensitive_by", sa.Integer(), nullable=True),
        sa.Column("aside_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["aside_by"], ["person.id"], name=op.f("fk_proposal_aside_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_proposal_decided_by_person")),
        sa.ForeignKeyConstraint(["milestone_id"], ["milestone.id"], name=op.f("fk_proposal_milestone_id_milestone")),
        sa.ForeignKeyConstraint(["passage_id"], ["passage.id"], name=op.f("fk_proposal_passage_id_passage")),
        sa.ForeignKeyConstraint(["result_id"], ["passage.id"], name=op.f("fk_proposal_result_id_passage")),
        sa.ForeignKeyConstraint(["sensitive_by"], ["person.id"], name=op.f("fk_proposal_sensitive_by_person")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_proposal_transcript_id_transcript")
        ),
        sa.ForeignKeyConstraint(["turn_id"], ["turn.id"], name=op.f("fk_proposal_turn_id_turn")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("passage_id", name=op.f("uq_proposal_passage_id")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_decided_by_decided_at", ["decided_by", "decided_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_state"), ["state"], unique=False)
        batch_op.create_index("ix_proposal_transcript_id_state", ["transcript_id", "state"], unique=False)

    op.create_table(
        "advice",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("advised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "item",
                "attached",
                "set-aside",
                "snoozed",
                name="triage_state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_advice_person_id_person")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_advice_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_advice")),
    )
    op.create_table(
        "batch_member",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_member_batch_id_batch")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_batch_member_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("batch_id", "proposal_id", name=op.f("pk_batch_member")),
    )
    op.create_table(
        "likeness",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("degree", sa.Float(), nullable=False),
        sa.CheckConstraint("proposal_id <> earlier_id", name=op.f("ck_likeness_not_itself")),
        sa.ForeignKeyConstraint(["earlier_id"], ["proposal.id"], name=op.f("fk_likeness_earlier_id_proposal")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_likeness_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", "earlier_id", name=op.f("pk_likeness")),
    )
    with op.batch_alter_table("likeness", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_likeness_earlier_id"), ["earlier_id"], unique=False)

    op.create_table(
        "meaning",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["leader_id"], ["proposal.id"], name=op.f("fk_meaning_leader_id_proposal")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_meaning_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_meaning")),
    )
    with op.batch_alter_table("meaning", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meaning_leader_id"), ["leader_id"], unique=False)

    op.create_table(
        "second_look",
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_second_look_transcript_id_transcript")
        ),
        sa.PrimaryKeyConstraint("transcript_id", name=op.f("pk_second_look")),
    )
    op.create_table(
        "second_score",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_second_score_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_second_score")),
    )
    op.create_table(
        "origin",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "new",
                "repeats",
                "refines",
                "supports",
                "objects",
                "asks",
                "answers",
                "covered",
                name="relation",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_origin_item_id_item")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_origin_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_origin")),
    )
    with op.batch_alter_table("origin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_origin_item_id"), ["item_id"], unique=False)

    op.create_table(
        "proposal_reference",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("proposal_id <> earlier_id", name=op.f("ck_proposal_reference_not_itself")),
        sa.ForeignKeyConstraint(
            ["earlier_id"], ["proposal.id"], name=op.f("fk_proposal_reference_earlier_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_reference_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "earlier_id", name=op.f("pk_proposal_reference")),
    )
    op.create_table(
        "succession",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=True),
        sa.Column(
            "change",
            sa.Enum(
                "same", "changed", "new", name="wording_change", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["earlier_id"], ["proposal.id"], name=op.f("fk_succession_earlier_id_proposal")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_succession_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_succession")),
    )
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_succession_earlier_id"), ["earlier_id"], unique=False)

    op.create_table(
        "triage_lease",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_triage_lease_person_id_person")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_triage_lease_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_triage_lease")),
    )
    with op.batch_alter_table("triage_lease", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_triage_lease_person_id"), ["person_id"], unique=False)
    for table in FROZEN:
        freeze(table)
    make_table()
    for table, kind, title, body, columns in SOURCES:
        follow(table, kind, title, body, columns)


def downgrade() -> None:
    for table, *_rest in SOURCES:
        if is_sqlite():
            for event in ("added", "changed", "gone"):
                op.execute(f"DROP TRIGGER search_{table}_{event}")
        else:
            op.execute(f"DROP TRIGGER search_{table} ON {table}")
            op.execute(f"DROP FUNCTION search_{table}()")
    op.execute("DROP TABLE search_entry")
    for table in FROZEN:
        thaw(table)
    with op.batch_alter_table("triage_lease", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_triage_lease_person_id"))

    op.drop_table("triage_lease")
    with op.batch_alter_table("succession", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_succession_earlier_id"))

    op.drop_table("succession")
    op.drop_table("proposal_reference")
    with op.batch_alter_table("origin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_origin_item_id"))

    op.drop_table("origin")
    with op.batch_alter_table("meaning", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meaning_leader_id"))

    op.drop_table("second_score")
    op.drop_table("second_look")
    op.drop_table("meaning")
    with op.batch_alter_table("likeness", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_likeness_earlier_id"))

    op.drop_table("likeness")
    op.drop_table("batch_member")
    op.drop_table("advice")
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index("ix_proposal_transcript_id_state")
        batch_op.drop_index(batch_op.f("ix_proposal_state"))
        batch_op.drop_index("ix_proposal_decided_by_decided_at")

    op.drop_table("proposal")
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_passage_id"))
        batch_op.drop_index(batch_op.f("ix_position_party_id"))
        batch_op.drop_index(batch_op.f("ix_position_item_id"))

    op.drop_table("position")
    with op.batch_alter_table("joined_turn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_joined_turn_turn_id"))
        batch_op.drop_index(batch_op.f("ix_joined_turn_person_id"))

    op.drop_table("joined_turn")
    with op.batch_alter_table("item_passage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_passage_passage_id"))

    op.drop_table("item_passage")
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_introduction_turn_id"))
        batch_op.drop_index(batch_op.f("ix_introduction_transcript_id"))
        batch_op.drop_index(batch_op.f("ix_introduction_person_id"))

    op.drop_table("introduction")
    with op.batch_alter_table("anchor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_anchor_transcript_id"))
        batch_op.drop_index(batch_op.f("ix_anchor_state"))
        batch_op.drop_index(batch_op.f("ix_anchor_moved_to_id"))

    op.drop_table("anchor")
    with op.batch_alter_table("assistant_reading", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assistant_reading_transcript_id"))
        batch_op.drop_index(batch_op.f("ix_assistant_reading_state"))
        batch_op.drop_index(batch_op.f("ix_assistant_reading_body_id"))

    op.drop_table("assistant_reading")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_upload_state"))
        batch_op.drop_index(batch_op.f("ix_upload_sha256"))
        batch_op.drop_index(batch_op.f("ix_upload_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_upload_body_id"))
        batch_op.drop_index(batch_op.f("ix_upload_batch"))

    op.drop_table("upload")
    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_turn_person_id"))
        batch_op.drop_index(batch_op.f("ix_turn_is_reporting"))

    op.drop_table("turn")
    with op.batch_alter_table("speaker_doubt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_speaker_doubt_person_id"))

    op.drop_table("speaker_doubt")
    with op.batch_alter_table("passage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passage_transcript_id"))
        batch_op.drop_index(batch_op.f("ix_passage_speaker_id"))
        batch_op.drop_index(batch_op.f("ix_passage_sha256"))

    op.drop_table("passage")
    with op.batch_alter_table("handover_part", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_part_item_id"))
        batch_op.drop_index(batch_op.f("ix_handover_part_handover_id"))

    op.drop_table("handover_part")
    with op.batch_alter_table("answer_receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_receipt_item_id"))

    op.drop_table("answer_receipt")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_update_id"))

    op.drop_table("evidence")
    op.drop_table("correction")
    with op.batch_alter_table("transcript", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transcript_sha256"))

    op.drop_table("transcript")
    op.drop_table("parting_note")
    with op.batch_alter_table("ownership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ownership_second_id"))
        batch_op.drop_index(batch_op.f("ix_ownership_party_id"))
        batch_op.drop_index("ix_ownership_item_id_state")
        batch_op.drop_index(batch_op.f("ix_ownership_answers_for_id"))

    op.drop_table("ownership")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_outgoing_id"))
        batch_op.drop_index(batch_op.f("ix_notice_item_id"))
        batch_op.drop_index(batch_op.f("ix_notice_event_id"))

    op.drop_table("notice")
    with op.batch_alter_table("meeting_rapporteur", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_rapporteur_person_id"))

    op.drop_table("meeting_rapporteur")
    with op.batch_alter_table("item_update", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_update_item_id"))
        batch_op.drop_index(batch_op.f("ix_item_update_author_id"))

    op.drop_table("item_update")
    with op.batch_alter_table("item_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_link_other_id"))

    op.drop_table("item_link")
    with op.batch_alter_table("helper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_helper_person_id"))

    op.drop_table("helper")
    with op.batch_alter_table("follow", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_item_id"))

    op.drop_table("follow")
    with op.batch_alter_table("closing_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closing_view_party_id"))

    op.drop_table("closing_view")
    with op.batch_alter_table("bulk_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_change_item_id"))

    op.drop_table("bulk_change")
    with op.batch_alter_table("agenda_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_entry_item_id"))

    op.drop_table("agenda_entry")
    with op.batch_alter_table("addressee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_addressee_party_id"))

    op.drop_table("addressee")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_body_id"))

    op.drop_table("report")
    op.drop_table("meeting")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_waiting_for"))
        batch_op.drop_index(batch_op.f("ix_item_theme"))
        batch_op.drop_index(batch_op.f("ix_item_put_forward_by"))
        batch_op.drop_index(batch_op.f("ix_item_progress"))
        batch_op.drop_index("ix_item_of_milestone")
        batch_op.drop_index(batch_op.f("ix_item_milestone_id"))
        batch_op.drop_index(batch_op.f("ix_item_changed_at"))

    op.drop_table("item")
    op.drop_table("agenda")
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.drop_index("ix_milestone_series_id_series_day")

    op.drop_table("milestone")
    with op.batch_alter_table("imported_person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_person_person_id"))
        batch_op.drop_index(batch_op.f("ix_imported_person_import_id"))

    op.drop_table("imported_person")
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digest_window_to"))
        batch_op.drop_index(batch_op.f("ix_digest_person_id"))
        batch_op.drop_index(batch_op.f("ix_digest_hold_id"))

    op.drop_table("digest")
    with op.batch_alter_table("digest_hold", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_digest_hold_body_id"))

    op.drop_table("digest_hold")
    op.drop_table("trained_detector")
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_term_person_id"))
        batch_op.drop_index(batch_op.f("ix_term_body_id"))

    op.drop_table("term")
    op.drop_table("subscription")
    op.drop_table("steps_hidden")
    with op.batch_alter_table("sign_in_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_session_person_id"))

    op.drop_table("sign_in_session")
    with op.batch_alter_table("sign_in_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_link_person_id"))

    op.drop_table("sign_in_link")
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_series_body_id"))

    op.drop_table("series")
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_saved_view_made_by"))

    op.drop_table("saved_view")
    op.drop_table("relay")
    with op.batch_alter_table("people_import", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_import_body_id"))

    op.drop_table("people_import")
    op.drop_table("party")
    with op.batch_alter_table("incoming_message", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_incoming_message_received_at"))
        batch_op.drop_index(batch_op.f("ix_incoming_message_person_id"))

    op.drop_table("incoming_message")
    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.drop_index("ix_outgoing_state_next_at")
        batch_op.drop_index(batch_op.f("ix_outgoing_person_id"))

    op.drop_table("outgoing")
    with op.batch_alter_table("label", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_label_person_id"))

    op.drop_table("label")
    op.drop_table("item_counter")
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invitation_body_id"))

    op.drop_table("invitation")
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_handover_to_id"))
        batch_op.drop_index(batch_op.f("ix_handover_from_id"))
        batch_op.drop_index(batch_op.f("ix_handover_body_id"))

    op.drop_table("handover")
    op.drop_table("first_sign_in")
    op.drop_table("calendar_link")
    with op.batch_alter_table("bulk_edit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bulk_edit_body_id"))

    op.drop_table("bulk_edit")
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_batch_body_id"))

    op.drop_table("batch")
    with op.batch_alter_table("wording", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wording_written_by"))

    op.drop_table("wording")
    op.drop_table("suppression")
    op.drop_table("stakeholder_group")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_merged_into_id"))

    op.drop_table("person")
    op.drop_table("job_run")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_subject_id")
        batch_op.drop_index(batch_op.f("ix_event_body_id"))
        batch_op.drop_index(batch_op.f("ix_event_at"))

    op.drop_table("event")
    op.drop_table("clock_setting")
    op.drop_table("body")
    with op.batch_alter_table("attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_attempt_key_at")

    op.drop_table("attempt")
