"""The first shape: tenants and their devices, chains of entries and the feeds made of them.

On PostgreSQL every row is shown only to its tenant, whoever asks, and the service itself works under a role that owns
none of it.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy.schema import CreateIndex, CreateTable

from omsdesk.server.tables import OF_A_TENANT, directory

revision = "0001"
down_revision = None

_ISOLATED = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY of_its_tenant ON {table} USING ({is_ours}) WITH CHECK ({is_ours});
GRANT SELECT, INSERT, UPDATE ON {table} TO omsdesk_service
"""
# Where no tenant was ever named in a connection this is an error; where one was, in a transaction before, it is nobody.
_IS_OURS = "tenant_id = nullif(current_setting('omsdesk.tenant'), '')"


def upgrade() -> None:
    """Make the tables."""
    for table in (directory, *OF_A_TENANT):
        op.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            op.execute(CreateIndex(index))
    if op.get_context().dialect.name == "postgresql":
        op.execute("GRANT SELECT ON alembic_version TO omsdesk_service")
        op.execute("GRANT SELECT, INSERT ON directory TO omsdesk_service")
        for table in OF_A_TENANT:
            for step in _ISOLATED.format(table=table.name, is_ours=_IS_OURS).split(";"):
                op.execute(step.strip())
