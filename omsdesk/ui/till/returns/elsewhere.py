"""Receipts that are not known here: the service is asked, and what it tells is written down before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from omsdesk.actions.execute import Done
from omsdesk.domain.other_store import KeepReceipt, ReceiptCopied
from omsdesk.domain.receipt_code import is_number_of, number_in, sale_in
from omsdesk.store.queries.other_store import copies
from omsdesk.store.queries.receipts import Receipt, by_code
from omsdesk.store.queries.till import shop_by_id, tills
from omsdesk.ui.till.counter import Counter, Tone

if TYPE_CHECKING:
    from omsdesk.ui.exchange import Trouble

_NOT_FOUND = "{} was told of by no store. Check the number; its till may not have been online since."


class OtherStores:
    """State and intents around receipts of other stores."""

    def __init__(self, counter: Counter) -> None:
        """Take the counter; nothing is asked yet."""
        self.counter = counter
        self.asked = ""
        """The code that is asked for right now; empty while nothing is."""
        self._turn = 0

    def may_have(self, code: str) -> bool:
        """Tell whether a code is that of a receipt that is not here, and there is somebody to ask for it."""
        line = self.counter.elsewhere
        is_code = bool(number_in(code) or sale_in(code))
        return is_code and line is not None and line.is_enrolled and not by_code(self.counter.reader, code)

    def store_of(self, code: str) -> str:
        """Name the other store whose till wrote such a number; empty where no till is known for it."""
        number, counter = number_in(code), self.counter
        if not number:
            return ""
        others = (till for till in tills(counter.reader) if till.shop != counter.shop.id)
        shop = next((till.shop for till in others if is_number_of(number, [till])), "")
        known = shop_by_id(counter.reader, shop) if shop else None
        return known.name if known else ""

    def ask(self, code: str, then: Callable[[list[Receipt]], None]) -> None:
        """Ask the service for a receipt; ``then`` gets what is known of it afterwards, which may be nothing."""
        line = self.counter.elsewhere
        if line is None:
            return
        self.asked, self._turn = code, self._turn + 1
        turn = self._turn
        self.counter.hush()

        def answered(act: Callable[[], None]) -> None:
            if turn == self._turn:
                self.asked = ""
                act()

        line.find_receipt(
            code,
            lambda found: answered(lambda: self._told(code, found, then)),
            lambda trouble: answered(lambda: self._failed(code, trouble, then)),
        )

    def cancel(self) -> None:
        """Wait for no answer any more."""
        self.asked, self._turn = "", self._turn + 1

    def _told(self, code: str, found: list[ReceiptCopied], then: Callable[[list[Receipt]], None]) -> None:
        if not found:
            self.counter.say(Tone.WARN, _NOT_FOUND.format(called(code)))
            then([])
            return

        def kept(_: Done) -> None:
            then(self._known(code))

        self.counter.change(*map(KeepReceipt, found), then=kept)

    def _failed(self, code: str, trouble: Trouble, then: Callable[[list[Receipt]], None]) -> None:
        known, store = self._known(code), self.store_of(code)
        # What opens is silent, and this has to be read.
        then(known)
        whose = f"This receipt is of {store}" if store else "This receipt is of another store, or unknown"
        said = f"{whose}. The service cannot be asked now: {trouble.sentence}"
        if known:
            said = f"This is how it stood when it was asked for last. Now it cannot be: {trouble.sentence}"
        self.counter.say(Tone.WARN, said)

    def _known(self, code: str) -> list[Receipt]:
        return by_code(self.counter.reader, code) or copies(self.counter.reader, code)


def called(code: str) -> str:
    """Call a receipt by its number, where the code is one."""
    number = number_in(code)
    return f"Receipt {number}" if number else "This receipt"
