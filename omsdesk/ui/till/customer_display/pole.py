"""What a pole of two lines says: the article and the sum, in as few letters as it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.line_display import COLUMNS, pair
from omsdesk.domain.values import Money
from omsdesk.ui.amounts import figure_text
from omsdesk.ui.till.customer_display.shown import Question, Row, Shown, Stage

if TYPE_CHECKING:
    from omsdesk.devices.line_display import LineDisplay

TRAINING = "TRAINING"


class OnPole:
    """Looks on for a pole."""

    def __init__(self, pole: LineDisplay) -> None:
        """Take what speaks to it."""
        self._pole = pole

    def show_to_customer(self, shown: Shown) -> None:
        """Have it show two lines, on its own thread."""
        self._pole.show(*two_lines(shown))


def two_lines(shown: Shown) -> tuple[str, str]:
    """Give the upper and the lower line."""
    upper, lower = _lines(shown)
    if shown.is_training:
        # It takes the place of the shop's name, or of what an amount is: nobody may take it for a sale.
        upper, lower = (upper, pair(TRAINING, _main(shown))) if shown.main else (_middle(TRAINING), lower)
    return _plain(upper), _plain(lower)


def _lines(shown: Shown) -> tuple[str, str]:
    question = shown.question
    match shown.stage:
        case Stage.IDLE:
            return _middle(shown.shop), _middle("Welcome")
        case Stage.CLOSED:
            return _middle(shown.shop), _middle("This till is closed")
        case Stage.AWAY:
            return _middle(shown.shop), _middle("One moment, please")
        case Stage.ASKING if question is not None:
            return _asked(shown, question)
        case Stage.DONE:
            return _sum(shown), _middle("Thank you")
        case Stage.PAYING:
            paid = [row for row in shown.figures if not row.is_off]
            first = pair(paid[0].name, _money(shown, paid[0].amount)) if paid else _middle(shown.wish)
            return first, _sum(shown)
    touched = next((row for row in shown.rows if row.key == shown.touched), shown.rows[-1])
    return _article(shown, touched), _sum(shown)


def _article(shown: Shown, row: Row) -> str:
    amount = sum((part.amount for part in row.off), start=row.amount)
    quantity = row.detail.split(" \N{MULTIPLICATION SIGN} ")[0]
    return pair(f"{quantity} {row.name}".strip(), _money(shown, amount))


def _asked(shown: Shown, question: Question) -> tuple[str, str]:
    if question.amount is None:
        return question.title, question.each or question.about
    return pair(question.about, question.each.replace(" ", "")), pair(question.weight, _money(shown, question.amount))


def _sum(shown: Shown) -> str:
    return pair(shown.main.name, _main(shown)) if shown.main else ""


def _main(shown: Shown) -> str:
    return _money(shown, shown.main.amount) if shown.main else ""


def _money(shown: Shown, amount: Money) -> str:
    return _plain(figure_text(amount, shown.locale))


def _middle(text: str) -> str:
    return text[:COLUMNS].center(COLUMNS)


def _plain(text: str) -> str:
    """Use the one space that every display has."""
    return text.replace("\N{NO-BREAK SPACE}", " ")
