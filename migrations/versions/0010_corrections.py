"""Keep where passages stand in corrected transcripts, and what their proposals were before."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STATES = ("unchanged", "moved", "changed", "placed", "doubtful", "lost", "gone")


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "anchor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("passage_id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("found", _choice("found", *STATES), nullable=False),
        sa.Column("state", _choice("state", *STATES), nullable=False),
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
    for column in ("transcript_id", "state", "moved_to_id"):
        op.create_index(op.f(f"ix_anchor_{column}"), "anchor", [column])
    op.create_table(
        "correction",
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("unchanged", "moved", "changed", "new", "gone")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_correction_transcript_id_transcript")
        ),
        sa.ForeignKeyConstraint(["earlier_id"], ["transcript.id"], name=op.f("fk_correction_earlier_id_transcript")),
        sa.PrimaryKeyConstraint("transcript_id", name=op.f("pk_correction")),
    )
    op.create_table(
        "succession",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=True),
        sa.Column("change", _choice("change", "same", "changed", "new"), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_succession_proposal_id_proposal")),
        sa.ForeignKeyConstraint(["earlier_id"], ["proposal.id"], name=op.f("fk_succession_earlier_id_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_succession")),
    )
    op.create_index(op.f("ix_succession_earlier_id"), "succession", ["earlier_id"])


def downgrade() -> None:
    for table in ("succession", "correction", "anchor"):
        op.drop_table(table)
