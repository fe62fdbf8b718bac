"""Sums that must come out, each asked as: where do they not?"""

from __future__ import annotations

GOODS_FROM_NOWHERE = """
SELECT product, SUM(quantity) FROM stock_level GROUP BY product HAVING SUM(quantity) <> 0
"""

ACCOUNT_DIFFERENCES = """
SELECT account.id, balance - COALESCE(SUM(amount), 0)
FROM account LEFT JOIN account_move ON account_move.account = account.id
GROUP BY account.id HAVING balance <> COALESCE(SUM(amount), 0)
"""

SHIFT_DIFFERENCES = """
WITH ticket AS (
    SELECT id, shift, total - loaded AS turnover FROM sale WHERE number IS NOT NULL AND is_training = 0
),
payment AS (
    SELECT ticket.shift, kind || ':' || method AS key, given - change AS taken, rounding, ticket.id AS sale
    FROM ticket JOIN sale_tender ON sale_tender.sale = ticket.id
),
compared(shift, measure, key, count, amount, base) AS (
    SELECT shift, measure, CASE measure WHEN 'tax' THEN substr(key, 1, instr(key, '|') - 1) ELSE key END,
        count, amount, base
    FROM shift_sum WHERE measure IN ('sales', 'rounding', 'tender', 'tax', 'cash', 'loads')
    UNION ALL SELECT shift, 'sales', '', -1, -turnover, 0 FROM ticket
    UNION ALL SELECT shift, 'rounding', '', -1, -SUM(rounding), 0 FROM payment GROUP BY sale HAVING SUM(rounding) <> 0
    UNION ALL SELECT shift, 'tender', key, -1, -taken, 0 FROM payment
    UNION ALL SELECT shift, 'tax', code, -1, -amount, -net FROM ticket JOIN sale_tax ON sale_tax.sale = ticket.id
    UNION ALL SELECT shift, 'loads', substr(loads, 1, instr(loads, ':') - 1), -1, -amount, 0
    FROM ticket JOIN sale_line ON sale_line.sale = ticket.id WHERE loads <> ''
    UNION ALL SELECT shift, 'cash', reason, -1, -amount, 0 FROM cash_movement WHERE reason <> 'sale'
    UNION ALL SELECT shift, 'cash of sales', '', 0, taken, 0 FROM payment WHERE key LIKE 'cash:%'
    UNION ALL SELECT shift, 'cash of sales', '', 0, -amount, 0 FROM cash_movement WHERE reason = 'sale'
)
SELECT shift, measure, key, SUM(count), SUM(amount), SUM(base) FROM compared
GROUP BY shift, measure, key HAVING SUM(count) <> 0 OR SUM(amount) <> 0 OR SUM(base) <> 0
"""

NUMBER_STEPS = """
WITH receipt AS (
    SELECT rtrim(number, '0123456789') AS series, number FROM sale WHERE number IS NOT NULL
),
counted AS (
    SELECT series, CAST(substr(number, length(series) + 1) AS INTEGER) AS count FROM receipt
),
step AS (
    SELECT series, count, LAG(count, 1, 0) OVER (PARTITION BY series ORDER BY count) AS before FROM counted
)
SELECT series, before, count FROM step WHERE count <> before + 1 ORDER BY series, count
"""
"""Receipt numbers that do not follow the one before by one: a gap, or the same number twice."""
