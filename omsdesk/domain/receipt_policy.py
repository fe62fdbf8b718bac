"""What a customer takes home, and what a shop hands out without asking."""

from __future__ import annotations

from enum import StrEnum

from omsdesk.domain.records import record


class Paper(StrEnum):
    """What the customer takes home."""

    PRINT = "print"
    PDF = "pdf"
    NONE = "none"
    MAIL = "mail"
    """An e-mail to the address of the ticket's customer, and no paper."""
    BOTH = "both"
    """The same, and paper."""

    @property
    def is_mailed(self) -> bool:
        """Whether an e-mail is sent."""
        return self in {Paper.MAIL, Paper.BOTH}

    @property
    def is_printed(self) -> bool:
        """Whether paper comes out."""
        return self in {Paper.PRINT, Paper.BOTH}


@record
class ReceiptPolicy:
    """What happens with receipts before anybody chooses: none is to be asked for after the sale."""

    usual: Paper = Paper.PRINT
    by_email: Paper = Paper.MAIL
    """For customers who agreed to receipts by e-mail, at a computer that can send them."""

    def paper(self, *, is_agreed: bool) -> Paper:
        """Choose for a customer who agreed to receipts by e-mail, at a computer that can send them; or who did not."""
        return self.by_email if is_agreed else self.usual
