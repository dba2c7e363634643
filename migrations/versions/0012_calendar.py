"""Series of milestones, cancelled ones, agendas, and addresses for calendar programs."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

REPEATS = ("weeks", "month-weekday", "month-last-weekday", "month-day")
OF_SERIES = "ix_milestone_series_id_series_day"


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    make_series()
    make_agendas()
    op.create_table(
        "calendar_link",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("token_epoch", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        _refers("calendar_link", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_link_token_hash")),
    )


def make_series() -> None:
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("length_days", sa.Integer(), nullable=False),
        sa.Column("repeats", _choice("repeats", *REPEATS), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("length_days >= 1 AND every >= 1", name=op.f("ck_series_counts")),
        _refers("series", "body_id", "body"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    op.create_index(op.f("ix_series_body_id"), "series", ["body_id"])
    op.add_column("milestone", sa.Column("is_cancelled", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("milestone", sa.Column("series_day", sa.Date(), nullable=True))
    # no batch: SQLite adds a column with what it refers to, and no table is copied
    refers = sa.ForeignKey("series.id", name=op.f("fk_milestone_series_id_series"))
    op.add_column("milestone", sa.Column("series_id", sa.Integer(), refers, nullable=True), inline_references=True)
    op.create_index(OF_SERIES, "milestone", ["series_id", "series_day"], unique=True)


def make_agendas() -> None:
    op.create_table(
        "agenda",
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("visibility", _choice("visibility", "internal", "published"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("agenda", "milestone_id", "milestone"),
        sa.PrimaryKeyConstraint("milestone_id", name=op.f("pk_agenda")),
    )
    op.create_table(
        "agenda_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("milestone_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("note_by", sa.Integer(), nullable=True),
        sa.Column("outcome", _choice("outcome", "raised", "not-reached", "put-off"), nullable=True),
        sa.Column("outcome_note", sa.String(), nullable=True),
        sa.Column("outcome_by", sa.Integer(), nullable=True),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("put_off_to", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("agenda_entry", "milestone_id", "milestone"),
        _refers("agenda_entry", "item_id", "item"),
        _refers("agenda_entry", "note_by", "person"),
        _refers("agenda_entry", "outcome_by", "person"),
        _refers("agenda_entry", "put_off_to", "milestone"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_entry")),
        sa.UniqueConstraint("milestone_id", "item_id", name=op.f("uq_agenda_entry_milestone_id_item_id")),
    )
    op.create_index(op.f("ix_agenda_entry_item_id"), "agenda_entry", ["item_id"])


def downgrade() -> None:
    for table in ("calendar_link", "agenda_entry", "agenda"):
        op.drop_table(table)
    op.drop_index(OF_SERIES, "milestone")
    for column in ("series_id", "series_day", "is_cancelled"):
        op.drop_column("milestone", column)
    op.drop_table("series")
