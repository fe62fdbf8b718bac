"""What an offer is, in a few words, with figures as people of the shop's country write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.domain.messages import written
from omsdesk.ui.amounts import money_text
from omsdesk.ui.typed_amount import decimal_sign

if TYPE_CHECKING:
    # A till that only opens prices nothing yet.
    from omsdesk.domain.promotion_hints import Label


def label_words(label: Label, locale: str) -> str:
    """Say it: ``3 for £5.00``, ``−12,5 %``. The only dot in a wording is that of a percentage."""
    wording = label.wording.replace(".", decimal_sign(locale))
    return written(wording, label.amounts, lambda amount: money_text(amount, locale))
