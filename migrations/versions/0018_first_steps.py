"""Keep who does not want to see the first steps any more."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "steps_hidden",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_steps_hidden_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_steps_hidden")),
    )


def downgrade() -> None:
    op.drop_table("steps_hidden")
