"""How far a role may do something, as it stands in the form: a choice, and a limit as it was typed."""

from __future__ import annotations

from omsdesk.domain.records import record
from omsdesk.domain.rights import RIGHTS, Leave, Measure, Rule
from omsdesk.domain.shop import Shop
from omsdesk.domain.values import Money
from omsdesk.ui.typed_amount import plain_text, read_amount
from omsdesk.ui.typed_share import read_share, share_text

_PERCENT = "Type a percentage from 0 to 100, or nothing for any."


@record
class RuleDraft:
    """One row of the form. An empty limit is none."""

    leave: str
    most: str = ""


def draft_of(rule: Rule, shop: Shop) -> RuleDraft:
    """Write a rule as the form shows it."""
    if rule.most is None:
        return RuleDraft(str(rule.leave))
    measure = RIGHTS[rule.right].measure
    if measure is Measure.MONEY:
        return RuleDraft(str(rule.leave), plain_text(Money(rule.most, shop.currency), shop.locale))
    return RuleDraft(
        str(rule.leave), share_text(rule.most, shop.locale) if measure is Measure.SHARE else str(rule.most)
    )


def rule_of(right: str, draft: RuleDraft, shop: Shop) -> Rule:
    """Read a row of the form.

    Raises:
        ValueError: the limit cannot be read; it says what to type.

    """
    leave, text = Leave(draft.leave), draft.most.strip()
    if leave is not Leave.ALLOWED or not text:
        return Rule(right, leave)
    return Rule(right, leave, _most(RIGHTS[right].measure, text, shop))


def _most(measure: Measure, text: str, shop: Shop) -> int:
    if measure is Measure.MONEY:
        typed = read_amount(text, shop.currency, shop.locale)
        if typed.amount is None:
            raise ValueError(typed.question or "Type an amount, or nothing for any.")
        return typed.amount.minor
    if measure is Measure.DAYS:
        if not text.isdecimal():
            raise ValueError("Type a number of days, or nothing for any.")
        return int(text)
    try:
        return read_share(text)
    except ValueError:
        raise ValueError(_PERCENT) from None
