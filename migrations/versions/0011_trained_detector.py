"""Keep what a register's own triage has taught the detector."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "trained_detector",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("trained_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decisions", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_trained_detector_body_id_body")),
        sa.PrimaryKeyConstraint("body_id", name=op.f("pk_trained_detector")),
    )


def downgrade() -> None:
    op.drop_table("trained_detector")
