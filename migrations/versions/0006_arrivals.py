"""Keep files that come in, written contributions with their authors, and where a meeting's recording is."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STATES = ("waiting", "reading", "to-place", "to-look-at", "imported", "unpacked", "refused")
STEPS = ("file", "speakers", "proposals", "storing")


def upgrade() -> None:
    op.add_column("meeting", sa.Column("recording_url", sa.String(), nullable=True))
    make_arrivals()
    if op.get_bind().dialect.name != "sqlite":
        add_authors()
        return
    apart(add_authors)


def downgrade() -> None:
    op.drop_table("arrival")
    if op.get_bind().dialect.name == "sqlite":
        apart(drop_authors)
    else:
        drop_authors()
    op.drop_column("meeting", "recording_url")


def apart(change) -> None:
    """Make a table again that others and triggers refer to: SQLite allows it only while it does not look after them."""
    op.execute("COMMIT")  # that setting cannot change within a transaction
    op.execute("PRAGMA foreign_keys=OFF")
    op.execute("BEGIN IMMEDIATE")
    op.execute("PRAGMA legacy_alter_table=ON")
    change()
    op.execute("PRAGMA legacy_alter_table=OFF")
    if op.get_bind().exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise RuntimeError("a row of this database refers to one that is not there")
    op.execute("COMMIT")
    op.execute("PRAGMA foreign_keys=ON")
    op.execute("BEGIN IMMEDIATE")


def add_authors() -> None:
    with op.batch_alter_table("transcript") as batch_op:
        batch_op.add_column(sa.Column("author_key", sa.String(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("author_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("author_name", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("author_affiliation", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("author_group", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("for_organisation", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_foreign_key(op.f("fk_transcript_author_id_person"), "person", ["author_id"], ["id"])
        batch_op.create_foreign_key(
            op.f("fk_transcript_author_group_stakeholder_group"), "stakeholder_group", ["author_group"], ["slug"]
        )
        batch_op.drop_constraint(op.f("uq_transcript_meeting_id_number"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_transcript_meeting_id_author_key_number"), ["meeting_id", "author_key", "number"]
        )


def drop_authors() -> None:
    with op.batch_alter_table("transcript") as batch_op:
        batch_op.drop_constraint(op.f("uq_transcript_meeting_id_author_key_number"), type_="unique")
        batch_op.drop_constraint(op.f("fk_transcript_author_group_stakeholder_group"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_transcript_author_id_person"), type_="foreignkey")
        for column in (
            "for_organisation",
            "author_group",
            "author_affiliation",
            "author_name",
            "author_id",
            "author_key",
        ):
            batch_op.drop_column(column)
        batch_op.create_unique_constraint(op.f("uq_transcript_meeting_id_number"), ["meeting_id", "number"])


def make_arrivals() -> None:
    op.create_table(
        "arrival",
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
            sa.Enum(*STATES, name="arrival_state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column(
            "step", sa.Enum(*STEPS, name="step", native_enum=False, create_constraint=True, length=32), nullable=True
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
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_arrival_body_id_body")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_arrival_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["kept_by"], ["person.id"], name=op.f("fk_arrival_kept_by_person")),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcript.id"], name=op.f("fk_arrival_transcript_id_transcript")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival")),
    )
    for column in ("body_id", "meeting_id", "batch", "sha256", "state"):
        op.create_index(op.f(f"ix_arrival_{column}"), "arrival", [column])
