"""The moment after: the change in the largest digits there are, until the next customer's first scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from omsdesk.domain.printing import PrintState
from omsdesk.domain.sale import SaleCompleted
from omsdesk.ui import icons, theme
from omsdesk.ui.keyboard import TAKES_KEYS, typed_text
from omsdesk.ui.mail_words import IN_TROUBLE
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.painting import box
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

_MIDDLE = Qt.AlignmentFlag.AlignCenter
_PRINT, _MAIL, _PDF, _BOTH, _NONE = "1", "2", "3", "4", "5"
_BECAME = {
    PrintState.QUEUED: " is printing",
    PrintState.SENDING: " is printing",
    PrintState.PRINTED: " is printed",
    PrintState.SENT: " was sent to the printer",
    PrintState.HELD: " waits in the printer",
    PrintState.FAILED: " waits for the printer",
    PrintState.UNKNOWN: ": look whether it came out",
    PrintState.CANCELLED: "",
}
_TROUBLE = {PrintState.HELD, PrintState.FAILED, PrintState.UNKNOWN}


ALONE = 400
"""Milliseconds that a digit waits for another key: followed by one, it is the next customer's quantity."""


class DoneView(QWidget):
    """Shows the change and lets the customer choose the receipt by a digit.

    Emits ``typed`` with whatever else is typed: it is for the next customer.
    """

    typed = Signal(str)
    help_page = "after_the_sale"

    def __init__(self, state: TillState) -> None:
        """Prepare the view; ``refresh`` shows the sale that was just completed."""
        super().__init__()
        self.state = state
        self.setProperty(TAKES_KEYS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Sale complete")
        self._acts = {
            _PRINT: self.print_receipt,
            _MAIL: self.mail_receipt,
            _PDF: self.save_pdf,
            _BOTH: self.print_and_mail,
            _NONE: self.go_on,
        }
        self._digit, self._of = "", ""
        """What was typed last, and the sale that it was said of."""
        self._alone = QTimer(self)
        self._alone.setSingleShot(True)
        self._alone.setInterval(ALONE)
        self._alone.timeout.connect(self._choose)
        self.name = Label("Change", 22, 600, Tone.NEUTRAL)
        self.change = Label("", 72, 700)
        self.detail = Label("", 18, 400, Tone.NEUTRAL)
        self.number = Label("", 16, 500, Tone.NEUTRAL)
        for label in (self.name, self.change, self.detail, self.number):
            label.setAlignment(_MIDDLE)
        self.print_button = KeyButton("Print", "printer", _PRINT, height=56)
        self.mail_button = KeyButton("E-mail", "mail", _MAIL, height=56)
        self.pdf_button = KeyButton("PDF", "file-text", _PDF, height=56)
        self.both_button = KeyButton("Both", "printer", _BOTH, height=56)
        self.none_button = KeyButton("None", "x", _NONE, height=56)
        self.next_button = PrimaryButton("Next customer", "arrow-right", "F12")
        self.print_button.clicked.connect(self.print_receipt)
        self.mail_button.clicked.connect(self.mail_receipt)
        self.pdf_button.clicked.connect(self.save_pdf)
        self.both_button.clicked.connect(self.print_and_mail)
        self.none_button.clicked.connect(state.checkout.next_customer)
        self.next_button.clicked.connect(state.checkout.next_customer)
        circle = row(1, _Tick(), 1)
        ways = (self.print_button, self.mail_button, self.pdf_button, self.both_button, self.none_button)
        self.setLayout(
            column(
                2, circle, self.name, self.change, self.detail, 1,
                self.number, row(*ways),
                self.next_button,
                spacing=12,
            )
        )  # fmt: skip

    def refresh(self) -> None:
        """Show the sale that was just completed."""
        checkout, counter = self.state.checkout, self.state.counter
        sale = checkout.completed
        if sale is None:
            return
        given = sum((tender.given for tender in sale.tenders), start=checkout.change - checkout.change)
        has_change = bool(checkout.change)
        is_refund = given.minor < 0
        self.name.setText("Change" if has_change else "Given back" if is_refund else "Paid")
        self.change.setText(counter.money(checkout.change if has_change else -given if is_refund else given))
        by = " + ".join(tender.name for tender in sale.tenders)
        detail = f"{counter.money(given)} given, {counter.money(sale.total)} to pay" if has_change else by
        self.detail.setText(detail or "Nothing to pay")
        self._show_paper(sale)

    def _show_paper(self, sale: SaleCompleted) -> None:
        became = self.state.receipts.became_of(sale.sale)
        mail = self.state.mails.latest(sale.sale)
        mailed = self.state.mails.told(mail) if mail else ""
        said = f"Receipt {sale.number}{_BECAME.get(became, '') if became else ''}"
        self.number.setText(f"{said} · {mailed}" if mailed else said)
        is_trouble = became in _TROUBLE or (mail is not None and mail.state in IN_TROUBLE)
        self.number.set_tone(Tone.BAD if is_trouble else Tone.NEUTRAL)
        was_asked = self.state.receipts.was_asked(sale.sale)
        can_mail = self.state.mails.is_ready and not sale.is_training
        self.print_button.set_label("Print a copy" if was_asked else "Print")
        self.mail_button.set_label("E-mail again" if mail else "E-mail")
        self.mail_button.setVisible(can_mail)
        self.both_button.setVisible(can_mail and not was_asked and mail is None)
        self.none_button.setVisible(not was_asked and mail is None)

    def begin(self) -> None:
        """Hear the digits."""
        self.setFocus()

    @property
    def _sale(self) -> str:
        """The sale that is meant: of a digit the one that was shown when it was typed, though the next one began."""
        completed = self.state.checkout.completed
        return self._of or (completed.sale if completed is not None else "")

    def print_receipt(self) -> None:
        """Print the receipt, or a copy where it was printed already."""
        if self._sale:
            self.state.receipts.print_receipt(self._sale)

    def mail_receipt(self) -> None:
        """Send the receipt by e-mail, to whoever agreed or to an address that is asked for."""
        if self._sale:
            self.state.mails.send(self._sale)

    def print_and_mail(self) -> None:
        """Do both."""
        self.print_receipt()
        self.mail_receipt()

    def save_pdf(self) -> None:
        """Save the receipt as PDF."""
        if self._sale:
            self.state.receipts.save_pdf(self._sale)

    def go_on(self) -> None:
        """Be done with the sale, unless the next one began already."""
        completed = self.state.checkout.completed
        if completed is not None and completed.sale == self._sale:
            self.state.checkout.next_customer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the receipt by its digit; whatever else is typed is for the next customer."""
        text = typed_text(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose()
            self.state.checkout.next_customer()
        elif text in self._acts and not self._digit:
            self._digit, self._of = text, self._sale
            self._alone.start()
        elif text.isprintable() and text:
            digit, self._digit, self._of = self._digit, "", ""
            self._alone.stop()
            self.typed.emit(digit + text)
        else:
            event.ignore()

    def _choose(self) -> None:
        digit, self._digit = self._digit, ""
        self._alone.stop()
        if digit:
            self._acts[digit]()
        self._of = ""


class _Tick(QWidget):
    """A green circle with a tick."""

    def sizeHint(self) -> QSize:
        side = theme.current().px(88)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        side = min(self.width(), self.height())
        circle = QRect(0, 0, side, side)
        circle.moveCenter(self.rect().center())
        ink, ground = look.tone(Tone.OK)
        box(painter, circle, ground, None, side // 2)
        icons.draw(painter, "check", circle.adjusted(side // 4, side // 4, -side // 4, -side // 4), ink)
        painter.end()
