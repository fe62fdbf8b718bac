"""What a business says its roles may: who may do what is looked at before it is told to others."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

_SHAPE = """
CREATE TABLE role (
    tenant_id TEXT NOT NULL,
    role TEXT NOT NULL,
    rules TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (tenant_id, role)
)
"""
_ISOLATED = """
ALTER TABLE role ENABLE ROW LEVEL SECURITY;
ALTER TABLE role FORCE ROW LEVEL SECURITY;
CREATE POLICY of_its_tenant ON role
    USING (tenant_id = nullif(current_setting('omsdesk.tenant'), ''))
    WITH CHECK (tenant_id = nullif(current_setting('omsdesk.tenant'), ''));
GRANT SELECT, INSERT, UPDATE ON role TO omsdesk_service
"""


def upgrade() -> None:
    """Make the table."""
    op.execute(_SHAPE.strip())
    if op.get_context().dialect.name == "postgresql":
        for step in _ISOLATED.split(";"):
            op.execute(step.strip())
