"""Keep with a turn when it was said, in seconds from the start of the recording."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # no batch: SQLite adds a column as it is, and a copied table would lose the triggers of the full text
    op.add_column("turn", sa.Column("said_at", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("turn", "said_at")
