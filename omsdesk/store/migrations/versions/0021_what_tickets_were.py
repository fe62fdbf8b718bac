"""What was turned over by kinds of tickets, and without any tax, of the shifts that there are."""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision = "0020"

_CHANGES = (
    # A line that comes back has a quantity below zero.
    """
INSERT INTO shift_sum (shift, measure, "key", count, amount)
SELECT shift, 'tickets', what, count(*), sum(turnover) FROM (
    SELECT sale.shift AS shift, sale.total - sale.loaded AS turnover,
        CASE WHEN sum(loads = '') = 0 THEN 'load'
             WHEN max(loads = '' AND quantity < 0) = 0 THEN 'sale'
             WHEN max(loads = '' AND quantity >= 0) = 1 THEN 'exchange'
             ELSE 'refund' END AS what
    FROM sale JOIN sale_line ON sale_line.sale = sale.id
    WHERE sale.number IS NOT NULL AND sale.is_training = 0
    GROUP BY sale.id
) AS ticket GROUP BY shift, what
""",
    """
INSERT INTO shift_sum (shift, measure, "key", count, amount)
SELECT shift, 'exempt', 'goods', count(*), sum(rest) FROM (
    SELECT sale.shift AS shift,
        sale.total - sale.loaded - coalesce((SELECT sum(net + amount) FROM sale_tax WHERE sale_tax.sale = sale.id), 0)
        AS rest
    FROM sale WHERE sale.number IS NOT NULL AND sale.is_training = 0
) AS ticket WHERE rest <> 0 GROUP BY shift
""",
)


def upgrade() -> None:
    """Add the sums."""
    for change in _CHANGES:
        op.execute(change)
