"""Keep what proposals mean, and which say the like of earlier ones."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meaning",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["leader_id"], ["proposal.id"], name=op.f("fk_meaning_leader_id_proposal")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_meaning_proposal_id_proposal")),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_meaning")),
    )
    op.create_index(op.f("ix_meaning_leader_id"), "meaning", ["leader_id"])
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
    op.create_index(op.f("ix_likeness_earlier_id"), "likeness", ["earlier_id"])


def downgrade() -> None:
    op.drop_table("likeness")
    op.drop_table("meaning")
