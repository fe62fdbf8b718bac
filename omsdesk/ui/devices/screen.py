"""The Devices page: the roles at the left, and at the right the one that is looked at, or what it may be played by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from omsdesk.devices.scanner import Scan
from omsdesk.settings import Settings
from omsdesk.ui.devices.chooser_pane import ChooserPane
from omsdesk.ui.devices.chooser_session import ChooserSession
from omsdesk.ui.devices.heard import Heard
from omsdesk.ui.devices.office import NO_RIGHT, Office
from omsdesk.ui.devices.role_list import RoleList
from omsdesk.ui.devices.role_pane import RolePane
from omsdesk.ui.devices.session import DevicesSession
from omsdesk.ui.devices.trial_card import TrialCard
from omsdesk.ui.devices.trial_session import TrialSession
from omsdesk.ui.devices.wizard_session import Phase, WizardSession
from omsdesk.ui.devices.wizard_sheet import WizardSheet
from omsdesk.ui.navigation import Intent, Screen
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.page_head import MARGIN, PageHead
from omsdesk.ui.widgets.passing_banner import PassingBanner
from omsdesk.ui.widgets.primary_button import PrimaryButton

_LIST_WIDTH = 380


class DevicesScreen(Screen):
    """What is looked at follows the list; Enter chooses a device for it."""

    help_page = "devices"

    def __init__(self, office: Office) -> None:
        """Look at receipts."""
        super().__init__()
        self.office = office
        self.session = DevicesSession(office)
        self.chooser = ChooserSession(self.session)
        self.heard = Heard(office)
        self.trial = TrialSession(self.session)
        self.add = KeyButton("Add a scanner", "plus", "Ctrl N")
        self.add.clicked.connect(self.session.add_scanner)
        self.find_all = PrimaryButton("Find my devices", "search", "Ctrl F")
        self.find_all.HEIGHT = 48
        self.virtual = KeyButton("Virtual devices", "monitor")
        self.learn = KeyButton("Set up by a test sheet…", "scan-barcode")
        if office.scanning is None:
            self.virtual.hide()
        else:
            self.virtual.clicked.connect(office.scanning.show_virtual_devices)
            self.learn.clicked.connect(office.scanning.set_up)
        self.head = PageHead("Devices", [self.virtual, self.add, self.find_all])
        self.head.undo.clicked.connect(self.session.take_back)
        self.banner = PassingBanner()
        self.banner.gone.connect(self._was_read)
        self.list = RoleList()
        self.list.chosen.connect(lambda key: self._look_at(str(key)))
        self.pane = RolePane(self.session, TrialCard(self.trial, self.heard), self.learn)
        self.pane.choose.clicked.connect(self.choose)
        self.pane.set_up.clicked.connect(self.set_up)
        self.choosing = ChooserPane(self.chooser)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.pane)
        self._stack.addWidget(self.choosing)
        self._said: tuple[str, Settings | None] = ("", None)
        self._lay_out()
        self.wizard = WizardSession(self.session, self.trial)
        self.wizard_sheet = WizardSheet(self.wizard, self)
        self.find_all.clicked.connect(self.wizard.open)
        self.session.listeners.append(self.follow)
        self.chooser.listeners.append(self._chosen)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setFixedWidth(_LIST_WIDTH)
        left.setLayout(column(self.list, margins=(MARGIN, 4, 0, MARGIN)))
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(left)
        body.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self.banner)
        layout.addLayout(body, 1)

    # ------------------------------------------------------------------------------ what the window asks

    def arrived(self) -> None:
        """Show what is there now."""
        self.session.refresh()
        if self.chooser.role is None:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scan(self, scan: Scan) -> bool:
        """Show a scan, and go to the scanner that it came from."""
        self.heard.take(scan)
        if self.chooser.role is None and scan.source and scan.source != self.session.current:
            self.session.look_at(scan.source)
        return True

    def intents(self) -> Sequence[Intent]:
        """What can be done with devices."""
        if self.wizard.phase is not Phase.CLOSED:
            return self._wizard_intents()
        chooser = self.chooser

        def is_choosing() -> bool:
            return chooser.role is not None

        def is_looking() -> bool:
            return chooser.role is None

        def has_form() -> bool:
            return chooser.draft is not None

        return (
            Intent("devices.find", "Find my devices", "search", self.wizard.open, "Ctrl+F", is_looking),
            Intent("devices.choose", "Choose a device", "search", self.choose, "Return", self.list.hasFocus),
            Intent("devices.test", "Try the device", "printer", self.pane.trial.press, "Ctrl+P", is_looking),
            Intent("devices.use", "Use the device", "check", chooser.use, "Ctrl+S", has_form),
            Intent("devices.sweep", "Search the whole network", "network", chooser.search_network, "Ctrl+R",
                   lambda: is_choosing() and not has_form()),
            Intent("devices.back", "Back", "arrow-left", chooser.back, "Esc", is_choosing),
            Intent("devices.add", "Add a scanner", "plus", self.session.add_scanner, "Ctrl+N", is_looking),
            Intent("devices.undo", "Undo", "undo-2", self.session.take_back, "Ctrl+Z", lambda: self.session.can_undo),
        )  # fmt: skip

    def typing_place(self) -> QWidget | None:
        """Where digits go that are no scan: to the proposals, while they are shown."""
        return self.wizard_sheet.content if self.wizard.phase is not Phase.CLOSED else None

    def _wizard_intents(self) -> Sequence[Intent]:
        wizard = self.wizard
        return (
            Intent("devices.go_on", "Go on", "check", wizard.confirm, "Return"),
            Intent("devices.leave", "Back", "arrow-left", wizard.close, "Esc"),
        )

    # ------------------------------------------------------------------------------ intents

    def choose(self) -> None:
        """Look for what could play the role."""
        self.chooser.open(self.session.player.role)

    def set_up(self) -> None:
        """Open the form of what plays it."""
        self.chooser.set_up(self.session.player.role)

    def _look_at(self, role: str) -> None:
        if self.chooser.role is not None:
            self.chooser.close()
        if role != self.session.current:
            self.session.look_at(role)

    # ------------------------------------------------------------------------------ how

    def follow(self) -> None:
        """Show what the session has now."""
        session = self.session
        self.list.show_players(session.players, session.current)
        self.pane.follow()
        self.pane.trial.follow()
        self.add.setVisible(session.may_change)
        self.find_all.setVisible(session.may_change)
        if (session.saved, session.before) != self._said:
            # The same may be said of one change after another.
            self._said = session.saved, session.before
            if session.saved:
                self.head.undo.offer(session.saved)
            else:
                self.head.undo.dismiss()
        if session.refusal:
            self.banner.say(session.refusal, Tone.BAD, "circle-alert")
        elif not session.may_change:
            self.banner.say(NO_RIGHT, Tone.NEUTRAL, "lock")
        else:
            self.banner.hide()

    def _chosen(self) -> None:
        is_choosing = self.chooser.role is not None
        was_choosing = self._stack.currentIndex() == 1
        self._stack.setCurrentIndex(int(is_choosing))
        if was_choosing and not is_choosing:
            self.follow()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _was_read(self) -> None:
        self.session.refusal = ""
