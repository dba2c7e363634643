"""Characters of transcripts are redacted: asked for by one person, confirmed by a second."""

import sqlalchemy as sa
from alembic import op

from tracker.db import UTCDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

GROUNDS = ("requested-by-the-person", "law-or-court", "contact-details", "concerns-somebody-else", "other")


def upgrade() -> None:
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("transcript_id", sa.Integer(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum(*GROUNDS, name="erasure_ground", native_enum=False, length=32, create_constraint=True),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name="fk_redaction_asked_by_person"),
        sa.ForeignKeyConstraint(["confirmed_by"], ["person.id"], name="fk_redaction_confirmed_by_person"),
        sa.ForeignKeyConstraint(["transcript_id"], ["transcript.id"], name="fk_redaction_transcript_id_transcript"),
        sa.PrimaryKeyConstraint("id", name="pk_redaction"),
    )
    op.create_index("ix_redaction_transcript_id", "redaction", ["transcript_id"])


def downgrade() -> None:
    op.drop_index("ix_redaction_transcript_id", "redaction")
    op.drop_table("redaction")
