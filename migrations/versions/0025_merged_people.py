"""Find the records that were merged into one without reading everybody's: each page asks who its reader is."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_person_merged_into_id", "person", ["merged_into_id"])


def downgrade() -> None:
    op.drop_index("ix_person_merged_into_id", "person")
