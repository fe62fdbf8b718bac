"""Print jobs belong to the station, whether it is a till or not; labels say whose shop's they are."""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    """Find what waits without asking at which till, and keep the shop of labels."""
    op.execute("ALTER TABLE label_batch ADD COLUMN shop TEXT DEFAULT '' NOT NULL")
    op.execute("DROP INDEX print_job_unsettled")
    op.execute(
        "CREATE INDEX print_job_unsettled ON print_job (asked_position) "
        "WHERE state IN ('queued', 'failed', 'sending', 'held', 'unknown')"
    )
