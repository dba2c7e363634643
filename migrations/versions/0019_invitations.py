"""Keep who was invited when, and who has signed in at all."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=True),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_invitation_body_id_body")),
        sa.ForeignKeyConstraint(["invited_by"], ["person.id"], name=op.f("fk_invitation_invited_by_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_invitation_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "body_id", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_body_id"), "invitation", ["body_id"])
    op.create_table(
        "first_sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["person.id"], name=op.f("fk_first_sign_in_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_sign_in")),
    )
    # whoever is signed in has come already
    op.execute(
        "INSERT INTO first_sign_in (id, at) SELECT person_id, MIN(created_at) FROM sign_in_session GROUP BY person_id"
    )
    op.add_column("outgoing", sa.Column("is_invitation", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("outgoing", "is_invitation")
    op.drop_table("first_sign_in")
    op.drop_table("invitation")
