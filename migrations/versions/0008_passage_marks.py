"""Keep of a proposal whether words are missing in it, whether it is an exchange in the room, whether it is reported."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MARKS = ("hole", "exchange", "reported")


def upgrade() -> None:
    # no batch: SQLite adds a column as it is, and a copied table would lose the triggers of the full text
    for mark in MARKS:
        op.add_column("proposal", sa.Column(mark, sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    for mark in reversed(MARKS):
        op.drop_column("proposal", mark)
