"""Find what one decided, who speaks and whom items name without reading every row."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_proposal_transcript_id_state": ("proposal", ["transcript_id", "state"]),
    "ix_proposal_decided_by_decided_at": ("proposal", ["decided_by", "decided_at"]),
    "ix_passage_speaker_id": ("passage", ["speaker_id"]),
    "ix_position_party_id": ("position", ["party_id"]),
    "ix_position_passage_id": ("position", ["passage_id"]),
    "ix_item_waiting_for": ("item", ["waiting_for"]),
}


def upgrade() -> None:
    for name, (table, columns) in INDEXES.items():
        op.create_index(name, table, columns)
    op.drop_index("ix_proposal_transcript_id", "proposal")  # the first of the above begins with it


def downgrade() -> None:
    op.create_index("ix_proposal_transcript_id", "proposal", ["transcript_id"])
    for name, (table, _columns) in INDEXES.items():
        op.drop_index(name, table)
