"""The statements of the service.

Each names its tenant, though PostgreSQL would hide the rows of others anyway. Only what PostgreSQL, its relatives and
SQLite all understand is used: no sequences, no LISTEN, no changes of two tables in one statement.
"""

from __future__ import annotations

from omsdesk.server.sql import statement

# ---- chains

LOCK_DEVICE = statement(
    "SELECT store, retired_ms, only_sells FROM device WHERE tenant_id = :tenant AND device = :device", locks="device"
)
"""Where a device belongs. One push of a device at a time: it is locked."""

STANDING_OF = statement(
    "SELECT store, retired_ms, only_sells FROM device WHERE tenant_id = :tenant AND device = :device"
)

CHAIN_ENDS = statement(
    """
SELECT epoch, number, hash FROM chain
WHERE tenant_id = :tenant AND device = :device ORDER BY epoch DESC
"""
)
HASHES = statement(
    """
SELECT number, hash FROM entry
WHERE tenant_id = :tenant AND device = :device AND epoch = :epoch AND number BETWEEN :low AND :high
"""
)
HASH_AT = statement(
    "SELECT hash FROM entry WHERE tenant_id = :tenant AND device = :device AND epoch = :epoch AND number = :number"
)
BEGIN_CHAIN = statement("INSERT INTO chain VALUES (:tenant, :device, :epoch, :number, :hash)")
EXTEND_CHAIN = statement(
    """
UPDATE chain SET number = :number, hash = :hash
WHERE tenant_id = :tenant AND device = :device AND epoch = :epoch
"""
)
IS_KNOWN = statement(
    """
SELECT 1 FROM entry
WHERE tenant_id = :tenant AND device = :device AND epoch = :first_epoch AND number = :first_number
    AND hash = :first_hash
UNION ALL
SELECT 1 FROM entry
WHERE tenant_id = :tenant AND device = :device AND first_epoch = :first_epoch AND first_number = :first_number
    AND first_hash = :first_hash
"""
)
"""Whether a fact is in its author's chains, wherever it was moved to."""

# ---- feeds

LOCK_FEED = statement("SELECT high, digest FROM feed WHERE tenant_id = :tenant AND scope = :scope", locks="feed")
FEED_END = statement("SELECT high, digest FROM feed WHERE tenant_id = :tenant AND scope = :scope")
BEGIN_FEED = statement("INSERT INTO feed VALUES (:tenant, :scope, 0, :digest) ON CONFLICT DO NOTHING")
EXTEND_FEED = statement("UPDATE feed SET high = :high, digest = :digest WHERE tenant_id = :tenant AND scope = :scope")
FEED_ENDS = statement("SELECT scope, high FROM feed WHERE tenant_id = :tenant")

DIGEST_AT = statement("SELECT digest FROM entry WHERE tenant_id = :tenant AND scope = :scope AND place = :place")
PAGE = statement(
    """
SELECT device, epoch, number, hash, digest, previous, action, utc_ms, offset_minutes, actor, subject, kind, version,
    body, first_epoch, first_number, first_hash
FROM entry WHERE tenant_id = :tenant AND scope = :scope AND place > :after AND place <= (
    SELECT max(place) FROM (
        SELECT place, sum(size) OVER (ORDER BY place) AS so_far FROM (
            SELECT place, length(body) AS size FROM entry
            WHERE tenant_id = :tenant AND scope = :scope AND place > :after ORDER BY place LIMIT :most
        ) AS page
    ) AS running WHERE so_far <= :most_bytes OR place = :after + 1
)
ORDER BY place
"""
)
"""What follows in a feed, cut before its bodies are read: the length of a body is known without it."""

STORE_OF = statement("SELECT store FROM device WHERE tenant_id = :tenant AND device = :device AND retired_ms = 0")

# ---- who may do what

PEOPLE = statement("SELECT person, name, role, is_active FROM person WHERE tenant_id = :tenant")
SAVE_PERSON = statement(
    """
INSERT INTO person VALUES (:tenant, :person, :name, :role, :is_active)
ON CONFLICT (tenant_id, person) DO UPDATE SET name = excluded.name, role = excluded.role,
    is_active = excluded.is_active
"""
)
ROLES = statement("SELECT role, rules FROM role WHERE tenant_id = :tenant")
SAVE_ROLE = statement(
    """
INSERT INTO role VALUES (:tenant, :role, :rules)
ON CONFLICT (tenant_id, role) DO UPDATE SET rules = excluded.rules
"""
)
HOLD = statement(
    """
INSERT INTO held (tenant_id, device, epoch, number, reason) VALUES (:tenant, :device, :epoch, :number, :reason)
"""
)
HELD = statement(
    """
SELECT held.device, held.epoch, held.number, entry.kind, entry.actor, entry.utc_ms, held.reason
FROM held JOIN entry ON entry.tenant_id = held.tenant_id AND entry.device = held.device
    AND entry.epoch = held.epoch AND entry.number = held.number
WHERE held.tenant_id = :tenant AND held.released_by = '' AND held.turned_away_by = ''
ORDER BY entry.received_ms, held.device, held.epoch, held.number
"""
)
TURNED_AWAY = statement(
    """
SELECT held.turned_away_by, held.decided_ms,
    held.device, held.epoch, held.number, entry.kind, entry.actor, entry.utc_ms, held.reason
FROM held JOIN entry ON entry.tenant_id = held.tenant_id AND entry.device = held.device
    AND entry.epoch = held.epoch AND entry.number = held.number
WHERE held.tenant_id = :tenant AND held.turned_away_by <> ''
ORDER BY held.decided_ms DESC, held.device, held.epoch, held.number LIMIT :most
"""
)
HELD_ENTRY = statement(
    """
SELECT entry.action, entry.utc_ms, entry.offset_minutes, entry.actor, entry.subject, entry.kind, entry.version,
    entry.body, entry.hash
FROM held JOIN entry ON entry.tenant_id = held.tenant_id AND entry.device = held.device
    AND entry.epoch = held.epoch AND entry.number = held.number
WHERE held.tenant_id = :tenant AND held.device = :device AND held.epoch = :epoch AND held.number = :number
    AND held.released_by = '' AND held.turned_away_by = ''
""",
    locks="held",
)
RELEASE = statement(
    """
UPDATE held SET released_by = :decided_by, decided_ms = :now
WHERE tenant_id = :tenant AND device = :device AND epoch = :epoch AND number = :number
"""
)
REASON = statement(
    """
UPDATE held SET reason = :reason
WHERE tenant_id = :tenant AND device = :device AND epoch = :epoch AND number = :number
"""
)
TURN_AWAY = statement(
    """
UPDATE held SET turned_away_by = :decided_by, decided_ms = :now
WHERE tenant_id = :tenant AND device = :device AND epoch = :epoch AND number = :number
    AND released_by = '' AND turned_away_by = ''
"""
)
GIVE_PLACE = statement(
    """
UPDATE entry SET scope = :scope, place = :place, digest = :digest
WHERE tenant_id = :tenant AND device = :device AND epoch = :epoch AND number = :number
"""
)

# ---- who is let in

TENANT_OF = statement("SELECT tenant_id FROM directory WHERE key = :key")
TENANTS = statement("SELECT DISTINCT tenant_id FROM directory ORDER BY tenant_id")
REGISTER = statement("INSERT INTO directory (key, tenant_id) VALUES (:key, :tenant) ON CONFLICT DO NOTHING")
NAME_OF = statement("SELECT name FROM tenant WHERE tenant_id = :tenant")
LOCK_TENANT = statement("SELECT name FROM tenant WHERE tenant_id = :tenant", locks="tenant")
FOUND = statement("INSERT INTO tenant VALUES (:tenant, :name, :now)")

ADD_CODE = statement(
    "INSERT INTO code VALUES (:tenant, :digest, :store, :till, :device, :made_by, :expires_ms, '', :only_sells)"
)
LOCK_CODE = statement(
    "SELECT store, till, device, expires_ms, used_by, only_sells FROM code"
    " WHERE tenant_id = :tenant AND digest = :digest",
    locks="code",
)
USE_CODE = statement("UPDATE code SET used_by = :device WHERE tenant_id = :tenant AND digest = :digest")

CODES = statement(
    """
SELECT store, till, device, made_by, expires_ms, used_by, only_sells FROM code
WHERE tenant_id = :tenant AND expires_ms >= :now ORDER BY expires_ms DESC, digest
"""
)
"""Used ones, too, as long as they would be valid: so everybody sees what they were used for."""

TILLS = statement(
    """
SELECT kind, version, body FROM entry
WHERE tenant_id = :tenant AND scope = '' AND kind = 'shop.till_saved' ORDER BY place
"""
)
"""What was told of tills. It goes through the feed of what all share, so it is not for what is asked often."""

KEY_OF = statement(
    "SELECT public_key, retired_ms, only_sells FROM device WHERE tenant_id = :tenant AND device = :device"
)
POST_OF = statement("SELECT store, till, epoch FROM device WHERE tenant_id = :tenant AND device = :device")
ADD_DEVICE = statement(
    """
INSERT INTO device (tenant_id, device, store, till, name, public_key, version, only_sells, enrolled_ms)
VALUES (:tenant, :device, :store, :till, :name, :public_key, :version, :only_sells, :now)
ON CONFLICT (tenant_id, device) DO UPDATE SET store = excluded.store, till = excluded.till, name = excluded.name,
    only_sells = excluded.only_sells, public_key = excluded.public_key, version = excluded.version,
    enrolled_ms = excluded.enrolled_ms, retired_ms = 0
"""
)
RETIRE = statement(
    "UPDATE device SET retired_ms = :now WHERE tenant_id = :tenant AND device = :device AND retired_ms = 0"
)
RENAME = statement("UPDATE device SET name = :name WHERE tenant_id = :tenant AND device = :device")
SEEN = statement("UPDATE device SET seen_ms = :now WHERE tenant_id = :tenant AND device = :device")
DEVICES = statement(
    """
SELECT device.device, device.store, device.till, device.name, device.version, device.enrolled_ms, device.retired_ms,
    device.seen_ms, CAST(coalesce(sum(chain.number), 0) AS BIGINT), coalesce(
        (
            SELECT said_ms FROM till_claim
            WHERE tenant_id = :tenant AND device = device.device AND till = device.till
        ), 0)
FROM device LEFT JOIN chain ON chain.tenant_id = device.tenant_id AND chain.device = device.device
WHERE device.tenant_id = :tenant AND device.device <> 'service'
GROUP BY device.device, device.store, device.till, device.name, device.version, device.enrolled_ms, device.retired_ms,
    device.seen_ms
ORDER BY device.enrolled_ms, device.device
"""
)

# ---- which device is which till

_EPOCHS = """
SELECT coalesce(max(epoch), 0) FROM (
    SELECT device, till, epoch FROM till_claim WHERE tenant_id = :tenant
    UNION ALL
    SELECT device, till, epoch FROM device WHERE tenant_id = :tenant
    UNION ALL
    SELECT device.device, device.till, chain.epoch FROM device JOIN chain ON chain.tenant_id = device.tenant_id
        AND chain.device = device.device WHERE device.tenant_id = :tenant
) AS used WHERE """
LAST_EPOCH = statement(f"{_EPOCHS} device = :device OR (till <> '' AND till = :till)")
"""The last epoch of a device, or of any that ever was at the same till: receipt numbers hold till and epoch."""
LAST_EPOCH_OF_OTHERS = statement(f"{_EPOCHS} device <> :device AND till = :till")
SET_EPOCH = statement(
    """
UPDATE device SET epoch = CASE WHEN epoch > :epoch THEN epoch ELSE :epoch END
WHERE tenant_id = :tenant AND device = :device
"""
)
CLAIM_OF = statement(
    """
SELECT device.till, coalesce(till_claim.epoch, 0), coalesce(till_claim.said_ms, 0) FROM device LEFT JOIN till_claim
    ON till_claim.tenant_id = device.tenant_id AND till_claim.device = device.device AND till_claim.till = device.till
WHERE device.tenant_id = :tenant AND device.device = :device
"""
)
"""Which till a device is, the epoch that it was given there, and when it said so; 0 where only its code did."""
CLAIM = statement(
    """
INSERT INTO till_claim VALUES (:tenant, :device, :till, :epoch, :now)
ON CONFLICT (tenant_id, device, till) DO UPDATE SET epoch = excluded.epoch, said_ms = excluded.said_ms
"""
)
NOTE_LAST_EPOCH = statement(
    """
UPDATE till_claim SET epoch = (SELECT max(epoch) FROM chain WHERE tenant_id = :tenant AND device = :device)
WHERE tenant_id = :tenant AND device = :device
    AND till = (SELECT till FROM device WHERE tenant_id = :tenant AND device = :device)
    AND epoch < (SELECT max(epoch) FROM chain WHERE tenant_id = :tenant AND device = :device)
"""
)
"""A device may have written at its till in a later epoch than it came in."""
MOVE = statement("UPDATE device SET till = :till WHERE tenant_id = :tenant AND device = :device")
CLAIMANTS = statement(
    """
SELECT device, name, seen_ms FROM device
WHERE tenant_id = :tenant AND till = :till AND till <> '' AND device <> :device AND retired_ms = 0
ORDER BY enrolled_ms, device
"""
)
"""The other devices that are the same till and were not retired."""
