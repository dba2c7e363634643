"""Let several people triage: leases, decisions taken together, a rapporteur's advice, and what needs a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATES = ("waiting", "item", "attached", "set-aside", "snoozed")
REASONS = ("not-a-proposal", "exchange-in-the-room", "too-general", "meeting-logistics", "duplicate", "other")


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _when(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _number(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _choice(name: str, column: str, *values: str, nullable: bool) -> sa.Column[object]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=nullable)


def upgrade() -> None:
    for name in ("sensitive_by", "aside_by"):
        key = sa.ForeignKey("person.id", name=op.f(f"fk_proposal_{name}_person"))
        op.add_column("proposal", sa.Column(name, sa.Integer(), key, nullable=True), inline_references=True)
    op.create_table(
        "meeting_rapporteur",
        _number("meeting_id"),
        _number("person_id"),
        _key("meeting_rapporteur", "meeting_id", "meeting"),
        _key("meeting_rapporteur", "person_id", "person"),
        sa.PrimaryKeyConstraint("meeting_id", "person_id", name=op.f("pk_meeting_rapporteur")),
    )
    op.create_index(op.f("ix_meeting_rapporteur_person_id"), "meeting_rapporteur", ["person_id"])
    op.create_table(
        "triage_lease",
        _number("proposal_id"),
        _number("person_id"),
        _when("until"),
        _key("triage_lease", "proposal_id", "proposal"),
        _key("triage_lease", "person_id", "person"),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_triage_lease")),
    )
    op.create_index(op.f("ix_triage_lease_person_id"), "triage_lease", ["person_id"])
    op.create_table(
        "batch",
        _number("id"),
        _number("body_id"),
        _choice("triage_state", "state", *STATES, nullable=True),
        _choice("aside_reason", "reason", *REASONS, nullable=True),
        _number("decided_by"),
        _when("decided_at"),
        _when("undone_at", nullable=True),
        _key("batch", "body_id", "body"),
        _key("batch", "decided_by", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_body_id"), "batch", ["body_id"])
    op.create_table(
        "batch_member",
        _number("batch_id"),
        _number("proposal_id"),
        _number("version"),
        _key("batch_member", "batch_id", "batch"),
        _key("batch_member", "proposal_id", "proposal"),
        sa.PrimaryKeyConstraint("batch_id", "proposal_id", name=op.f("pk_batch_member")),
    )
    op.create_table(
        "advice",
        _number("proposal_id"),
        _number("person_id"),
        _when("advised_at"),
        _choice("triage_state", "state", *STATES, nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        _number("version"),
        _key("advice", "proposal_id", "proposal"),
        _key("advice", "person_id", "person"),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_advice")),
    )


def downgrade() -> None:
    for table in ("advice", "batch_member", "batch", "triage_lease", "meeting_rapporteur"):
        op.drop_table(table)
    with op.batch_alter_table("proposal") as batch_op:
        for name in ("aside_by", "sensitive_by"):
            batch_op.drop_constraint(op.f(f"fk_proposal_{name}_person"), type_="foreignkey")
            batch_op.drop_column(name)
