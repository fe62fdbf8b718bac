"""The first shape, written out: tenants and their devices, chains of entries and the feeds made of them.

What these tables are later is a matter of later files. On PostgreSQL every row is shown only to its tenant, whoever
asks, and the service itself works under a role that owns none of it.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

_SHAPE = """
CREATE TABLE directory (
    key TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    PRIMARY KEY (key)
);
CREATE TABLE chain (
    tenant_id TEXT NOT NULL,
    device TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    number BIGINT NOT NULL,
    hash {bytes} NOT NULL,
    PRIMARY KEY (tenant_id, device, epoch)
);
CREATE TABLE code (
    tenant_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    store TEXT NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    device TEXT DEFAULT '' NOT NULL,
    made_by TEXT DEFAULT '' NOT NULL,
    expires_ms BIGINT DEFAULT '0' NOT NULL,
    used_by TEXT DEFAULT '' NOT NULL,
    only_sells INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (tenant_id, digest)
);
CREATE TABLE device (
    tenant_id TEXT NOT NULL,
    device TEXT NOT NULL,
    store TEXT NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    public_key {bytes} NOT NULL,
    version TEXT DEFAULT '' NOT NULL,
    only_sells INTEGER DEFAULT '0' NOT NULL,
    epoch INTEGER DEFAULT '1' NOT NULL,
    enrolled_ms BIGINT DEFAULT '0' NOT NULL,
    retired_ms BIGINT DEFAULT '0' NOT NULL,
    seen_ms BIGINT DEFAULT '0' NOT NULL,
    PRIMARY KEY (tenant_id, device)
);
CREATE TABLE entry (
    tenant_id TEXT NOT NULL,
    device TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    number BIGINT NOT NULL,
    action BIGINT NOT NULL,
    utc_ms BIGINT NOT NULL,
    offset_minutes INTEGER NOT NULL,
    actor TEXT DEFAULT '' NOT NULL,
    subject TEXT DEFAULT '' NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    version INTEGER NOT NULL,
    body {bytes} NOT NULL,
    previous {bytes} NOT NULL,
    hash {bytes} NOT NULL,
    first_epoch INTEGER,
    first_number BIGINT,
    first_hash {bytes},
    scope TEXT,
    place BIGINT,
    digest {bytes},
    received_ms BIGINT DEFAULT '0' NOT NULL,
    PRIMARY KEY (tenant_id, device, epoch, number)
);
CREATE INDEX entry_by_first ON entry (tenant_id, device, first_epoch, first_number)
WHERE first_epoch IS NOT NULL;
CREATE UNIQUE INDEX entry_by_place ON entry (tenant_id, scope, place) WHERE place IS NOT NULL;
CREATE TABLE feed (
    tenant_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    high BIGINT NOT NULL,
    digest {bytes} NOT NULL,
    PRIMARY KEY (tenant_id, scope)
);
CREATE TABLE held (
    tenant_id TEXT NOT NULL,
    device TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    number BIGINT NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    released_by TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (tenant_id, device, epoch, number)
);
CREATE TABLE person (
    tenant_id TEXT NOT NULL,
    person TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    role TEXT DEFAULT '' NOT NULL,
    is_active INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, person)
);
CREATE TABLE tenant (
    tenant_id TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    made_ms BIGINT DEFAULT '0' NOT NULL,
    PRIMARY KEY (tenant_id)
)
"""
_OF_A_TENANT = ("chain", "code", "device", "entry", "feed", "held", "person", "tenant")
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
    is_postgres = op.get_context().dialect.name == "postgresql"
    for step in _SHAPE.format(bytes="BYTEA" if is_postgres else "BLOB").split(";"):
        op.execute(step.strip())
    if is_postgres:
        op.execute("GRANT SELECT ON alembic_version TO omsdesk_service")
        op.execute("GRANT SELECT, INSERT ON directory TO omsdesk_service")
        for table in _OF_A_TENANT:
            for step in _ISOLATED.format(table=table, is_ours=_IS_OURS).split(";"):
                op.execute(step.strip())
