"""Taxes on sales: rates with validity, prices with tax inside or outside, rounding per line or per document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from omsdesk.domain.records import record
from omsdesk.domain.values import Money, divide

PPM = 1_000_000
_UNIT = PPM * PPM


@record
class Tax:
    """One tax at one rate, as it applied when the goods were sold."""

    code: str
    name: str
    rate_ppm: int
    """The rate in millionths: 20 % is 200,000."""
    is_compound: bool = False
    """Whether it is charged on the net amount plus the other taxes."""

    @property
    def percent(self) -> str:
        """The rate as people write it: ``20 %``, ``5.5 %``."""
        whole, rest = divmod(self.rate_ppm, 10_000)
        return f"{whole}.{rest:04d}".rstrip("0").rstrip(".") + " %"


@record
class TaxRate:
    """A rate of a tax category between two days (ISO 8601, both inclusive; empty = without end)."""

    category: str
    tax: Tax
    valid_from: str = ""
    valid_to: str = ""


class TaxRounding(StrEnum):
    """Where tax is rounded to the minor unit; the law of the country decides."""

    LINE = "line"
    DOCUMENT = "document"


@record
class TaxTerms:
    """How a shop charges tax."""

    is_inclusive: bool = True
    """Whether the prices people see contain the tax."""
    rounding: TaxRounding = TaxRounding.DOCUMENT


@record
class TaxedAmount:
    """What one tax came to on a document."""

    tax: Tax
    net: Money
    amount: Money


@record
class TaxSummary:
    """A document's net, taxes and gross; ``net + sum(taxes) = gross`` to the minor unit."""

    net: Money
    taxes: tuple[TaxedAmount, ...]
    gross: Money


def taxes_on(day: str, category: str, rates: Iterable[TaxRate]) -> tuple[Tax, ...]:
    """Find the taxes of a category on a day. An unknown category is exempt: it has none."""
    return tuple(
        rate.tax
        for rate in rates
        if rate.category == category and rate.valid_from <= day and (not rate.valid_to or day <= rate.valid_to)
    )


def summarise(
    amounts: Iterable[tuple[Money, tuple[Tax, ...]]],
    terms: TaxTerms,
    currency: str,
    settled: Iterable[tuple[Money, tuple[Tax, ...], tuple[Money, ...]]] = (),
) -> TaxSummary:
    """Add up a document: each line's amount with its taxes, by the shop's terms.

    ``settled`` are lines whose taxes are known to the minor unit, because they mirror what was paid once.
    """
    groups: list[tuple[int, tuple[Tax, ...]]] = [(money.minor, taxes) for money, taxes in amounts]
    if terms.rounding is TaxRounding.DOCUMENT:
        groups = _grouped(groups)
    net_total, by_tax = 0, dict[Tax, list[int]]()
    for amount, taxes in groups:
        parts = tax_parts(amount, taxes, is_inclusive=terms.is_inclusive)
        net = amount - sum(parts) if terms.is_inclusive else amount
        net_total += net
        for tax, part in zip(taxes, parts, strict=True):
            base = by_tax.setdefault(tax, [0, 0])
            base[0] += net
            base[1] += part
    for money, taxes, parts_known in settled:
        net = money.minor - sum(part.minor for part in parts_known) if terms.is_inclusive else money.minor
        net_total += net
        for tax, known in zip(taxes, parts_known, strict=True):
            base = by_tax.setdefault(tax, [0, 0])
            base[0] += net
            base[1] += known.minor
    taxed = tuple(
        TaxedAmount(tax, Money(net, currency), Money(amount, currency)) for tax, (net, amount) in by_tax.items()
    )
    gross = net_total + sum(row.amount.minor for row in taxed)
    return TaxSummary(Money(net_total, currency), taxed, Money(gross, currency))


def line_taxes(amounts: Sequence[tuple[Money, tuple[Tax, ...]]], terms: TaxTerms) -> list[tuple[Money, ...]]:
    """Split the taxes of a document over its lines, each tax by the lines' amounts, so that they add up to it exactly.

    By this a line that comes back gives back the very tax that was paid on it. The lines are all sold, or all returned.
    """
    if terms.rounding is TaxRounding.LINE:
        parts = (tax_parts(money.minor, taxes, is_inclusive=terms.is_inclusive) for money, taxes in amounts)
        return [tuple(Money(part, row[0].currency) for part in each) for row, each in zip(amounts, parts, strict=True)]
    found: list[tuple[Money, ...]] = [()] * len(amounts)
    for taxes in {taxes: None for _, taxes in amounts}:
        places = [place for place, row in enumerate(amounts) if row[1] == taxes]
        weights = tuple(abs(amounts[place][0].minor) for place in places)
        whole = sum(amounts[place][0].minor for place in places)
        currency = amounts[places[0]][0].currency
        sums = tax_parts(whole, taxes, is_inclusive=terms.is_inclusive)
        shares = [Money(each, currency).share(weights) for each in sums]
        for at, place in enumerate(places):
            found[place] = tuple(share[at] for share in shares)
    return found


def tax_parts(amount: int, taxes: tuple[Tax, ...], *, is_inclusive: bool) -> tuple[int, ...]:
    """Compute each tax on one amount in minor units; mirrored exactly when the amount is negative.

    Each tax is rounded by itself, so that two taxes of one rate (CGST and SGST) come to the same amount; what is left
    of an inclusive price is the net.
    """
    weights = _weights(taxes)
    whole = _UNIT + sum(weights) if is_inclusive else _UNIT
    return tuple(divide(amount * weight, whole) for weight in weights)


def _weights(taxes: tuple[Tax, ...]) -> tuple[int, ...]:
    simple = sum(tax.rate_ppm for tax in taxes if not tax.is_compound)
    return tuple(tax.rate_ppm * (PPM + simple if tax.is_compound else PPM) for tax in taxes)


def _grouped(groups: list[tuple[int, tuple[Tax, ...]]]) -> list[tuple[int, tuple[Tax, ...]]]:
    sums: dict[tuple[Tax, ...], int] = {}
    for amount, taxes in groups:
        sums[taxes] = sums.get(taxes, 0) + amount
    return [(amount, taxes) for taxes, amount in sums.items()]
