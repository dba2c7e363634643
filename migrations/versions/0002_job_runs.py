"""Keep each job's last run, the register a mail speaks of, and since when the mail relay fails."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_run")),
    )
    # A batch would make the table again, which SQLite refuses where digests refer to it.
    op.execute(
        "ALTER TABLE outgoing ADD COLUMN body_id INTEGER CONSTRAINT fk_outgoing_body_id_body REFERENCES body (id)"
    )
    op.add_column("relay", sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("relay", sa.Column("needs_person", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("relay", "needs_person")
    op.drop_column("relay", "failing_since")
    with op.batch_alter_table("outgoing") as batch_op:  # the foreign key goes with its column
        batch_op.drop_column("body_id")
    op.drop_table("job_run")
