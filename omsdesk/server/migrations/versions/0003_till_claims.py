"""Which device said when that it is which till, and in which epoch; what is known of it until now is carried over."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

_SHAPE = """
CREATE TABLE till_claim (
    tenant_id TEXT NOT NULL,
    device TEXT NOT NULL,
    till TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    said_ms BIGINT DEFAULT '0' NOT NULL,
    PRIMARY KEY (tenant_id, device, till)
);
INSERT INTO till_claim SELECT tenant_id, device, till, epoch, 0 FROM device WHERE till <> ''
"""
_ISOLATED = """
ALTER TABLE till_claim ENABLE ROW LEVEL SECURITY;
ALTER TABLE till_claim FORCE ROW LEVEL SECURITY;
CREATE POLICY of_its_tenant ON till_claim
    USING (tenant_id = nullif(current_setting('omsdesk.tenant'), ''))
    WITH CHECK (tenant_id = nullif(current_setting('omsdesk.tenant'), ''));
GRANT SELECT, INSERT, UPDATE ON till_claim TO omsdesk_service
"""


def upgrade() -> None:
    """Make the table."""
    is_postgres = op.get_context().dialect.name == "postgresql"
    if is_postgres:
        # Whoever migrates names no tenant, and shall read the rows of all.
        op.execute("ALTER TABLE device NO FORCE ROW LEVEL SECURITY")
    for step in _SHAPE.split(";"):
        op.execute(step.strip())
    if is_postgres:
        op.execute("ALTER TABLE device FORCE ROW LEVEL SECURITY")
        for step in _ISOLATED.split(";"):
            op.execute(step.strip())
