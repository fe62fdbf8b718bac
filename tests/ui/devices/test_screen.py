"""A manager sets devices up: finds them, uses them, tries them, takes them away."""

from __future__ import annotations

import threading

from PySide6.QtWidgets import QApplication, QComboBox

from omsdesk.devices.attendant import Power
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.virtual_scale.scale import SimulatedScale
from omsdesk.devices.ports import Condition, PrinterStatus
from omsdesk.devices.scanner import Scan
from omsdesk.settings import DeviceSetting
from omsdesk.ui import theme
from omsdesk.ui.devices.screen import DevicesScreen
from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.serial_gadgets import Gadget
from tests.ui.back_office import BEN, Stage, press, take_pictures, type_into, until
from tests.ui.devices.desk import DeviceDesk, found

TM = found("usb:04b8:0e28:X7AB1", "EPSON TM-m30II", vendor="04b8", **{"class": "7"})
NETWORK = found("tcp:till-printer.local:9100", "EPSON TM-T20III", service="_pdl-datastream")
OFFICE = found("queue:Brother", "Brother", device="ipp://brother.local")

PATIENCE = 20.0


def titles(screen: DevicesScreen) -> list[str]:
    """What can be chosen, from top to bottom."""
    return [row.title for row in screen.chooser.rows]


def take(screen: DevicesScreen, title: str) -> None:
    """Choose a line of the list by its title."""
    screen.chooser.choose(titles(screen).index(title))


def test_a_new_till_shows_what_there_is_to_set_up(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    until(lambda: screen.session.player.standing.word == "Ready")
    names = [(row.role.title, row.name) for row in screen.session.players]
    assert names == [
        ("Receipts", "Paper on the screen, without a printer"),
        ("Kitchen", ""),
        ("Pick slips", ""),
        ("Labels", ""),
        ("Scale", ""),
        ("Customer display", ""),
        ("Customer screen", ""),
        ("Scanner", ""),
    ]
    take_pictures(stage, "devices-new")
    press("Down")
    assert screen.session.current == "kitchen"
    assert screen.pane.title.text() == "Kitchen"
    take_pictures(stage, "devices-kitchen")


def test_a_printer_is_found_and_used_by_two_keys(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    desk.seen = [OFFICE, NETWORK, TM]
    press("Return")
    until(lambda: not screen.chooser.waiting)
    assert titles(screen)[:3] == ["EPSON TM-m30II", "EPSON TM-T20III", "Brother"]
    take_pictures(stage, "devices-choose")
    press("Return")
    assert screen.chooser.draft is not None
    take_pictures(stage, "devices-form")
    press("Ctrl+S")
    setting = desk.settings().device["receipt"]
    assert (setting.driver, setting.address) == ("escpos", "usb:04b8:0e28:X7AB1")
    assert screen.session.player.name == "EPSON TM-m30II"
    assert screen.chooser.role is None
    assert screen.list.hasFocus()
    until(lambda: screen.session.player.standing.word == "Not there")
    take_pictures(stage, "devices-not-there")
    press("Ctrl+Z")
    assert "receipt" not in desk.settings().device


def test_a_second_screen_is_found_and_used(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    desk.screens = [found("screen:CN0123", "Acme 7 inch", size="800 × 480")]
    for _ in range(6):
        press("Down")
    assert screen.session.current == "customer-screen"
    press("Return")
    until(lambda: not screen.chooser.waiting)
    take_pictures(stage, "devices-customer-screen")
    assert titles(screen)[0] == "Acme 7 inch"
    press("Return")
    press("Ctrl+S")
    setting = desk.settings().device["customer-screen"]
    assert (setting.driver, setting.address) == ("customer_screen", "screen:CN0123")


def test_an_address_is_typed_and_the_printer_tried(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    printer = ForeignPrinter().listen()
    screen.choose()
    until(lambda: not screen.chooser.waiting)
    take(screen, "In the network, by its address")
    press("Ctrl+S")
    assert set(screen.chooser.errors) == {"place"}
    take_pictures(stage, "devices-mistake")
    assert screen.choosing.form.card is not None
    type_into(screen.choosing.form.card.editor("place"), "127.0.0.1", stage)
    type_into(screen.choosing.form.card.editor("port"), str(printer.port), stage)
    type_into(screen.choosing.form.card.editor("name"), "Counter", stage)
    press("Ctrl+S")
    assert desk.settings().device["receipt"].address == f"tcp:127.0.0.1:{printer.port}"
    until(lambda: screen.session.player.standing.word == "Ready")
    press("Ctrl+P")
    until(lambda: screen.trial.trial)
    assert screen.trial.trial is not None
    assert screen.trial.trial.sentence == "The test page was printed."
    assert "Test page" in printer.sheets[-1].text
    assert "Corner Coffee" in printer.sheets[-1].text
    assert 19 in screen.pane.trial.printer.ticks
    take_pictures(stage, "devices-tried")
    screen.pane.trial.printer.ticks[19].click()
    assert desk.settings().device["receipt"].options["pages"] == "0,19"
    screen.trial.kick(2)
    until(lambda: printer.drawer_kicks == [2] and screen.pane.trial.printer.keep.isVisible())
    screen.pane.trial.printer.kicks[5].click()
    until(lambda: printer.drawer_kicks == [2, 5] and not screen.trial.running)
    screen.pane.trial.printer.keep.click()
    options = desk.settings().device["receipt"].options
    assert (options["kick_pin"], options["pulse_ms"]) == (5, 100)
    printer.switch_off()


def test_paper_on_the_screen_is_shown_on_the_page(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    until(lambda: screen.session.player.standing.word == "Ready")
    press("Ctrl+P")
    until(lambda: screen.trial.trial)
    assert screen.trial.trial is not None
    assert screen.trial.trial.sheets[0].startswith(b"\x89PNG")
    assert screen.pane.trial.paper.isVisible()
    take_pictures(stage, "devices-paper")


def test_what_cannot_be_reached_says_so(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    desk.set_up(receipt=DeviceSetting("escpos", "usb:04b8:0e28:X7AB1", {"title": "Counter"}))
    until(lambda: screen.session.player.standing.word == "Not there")
    screen.trial.print_page()
    until(lambda: screen.trial.trial)
    assert screen.trial.trial is not None
    assert not screen.trial.trial.is_good
    assert screen.session.office.devices.chronicle.account("receipt").losses == 1


def test_the_whole_network_is_searched_when_somebody_asks(
    desk: DeviceDesk, screen: DevicesScreen, stage: Stage
) -> None:
    desk.swept = [found("tcp:192.168.1.77:9100", "Printer at 192.168.1.77")]
    press("Return")
    until(lambda: not screen.chooser.waiting)
    assert "Printer at 192.168.1.77" not in titles(screen)
    press("Ctrl+R")
    until(lambda: "Printer at 192.168.1.77" in titles(screen))
    assert screen.chooser.rows[0].note == "Perhaps"
    press("Esc")
    assert screen.chooser.role is None


def test_a_scale_weighs_live(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    screen.session.look_at("scale")
    screen.choose()
    until(lambda: not screen.chooser.waiting)
    take(screen, "Scale on the screen")
    press("Ctrl+S")
    scale = desk.devices.devices["scale"]
    assert isinstance(scale, SimulatedScale)
    until(lambda: desk.devices.attendants["scale"].link.power is Power.ONLINE)
    scale.put(1234)
    until(lambda: screen.pane.trial.scale.weight.text() == "1.234 kg")
    take_pictures(stage, "devices-scale")
    screen.pane.trial.scale.zero.click()
    until(lambda: screen.pane.trial.scale.weight.text() == "0 kg")


def test_a_scale_that_says_nothing_shows_no_weight(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    silent = Gadget(lambda _: b"")
    desk.set_up(scale=DeviceSetting("toledo_8217", f"serial:{silent.name}", {"line": "9600 8N1"}))
    screen.session.look_at("scale")
    until(lambda: screen.session.player.standing.word == "Not there", PATIENCE)
    screen.pane.trial.scale.look()
    assert screen.pane.trial.scale.weight.text() == "–"
    silent.pull_out()


def test_another_driver_is_chosen_by_the_arrows(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    screen.session.look_at("label")
    screen.choose()
    until(lambda: not screen.chooser.waiting)
    take(screen, "In the network, by its address")
    form = screen.choosing.form
    assert form.card is not None
    form.card.editor("card").setFocus()
    for _ in range(2):
        press("Down")
    assert screen.chooser.draft is not None
    assert (screen.chooser.draft.card.name, form.card.editor("card").hasFocus()) == ("zpl", True)


def test_who_chooses_for_another_role_begins_with_the_first_line(
    desk: DeviceDesk, screen: DevicesScreen, stage: Stage
) -> None:
    for role in ("scale", "label"):
        screen.session.look_at(role)
        screen.choose()
        until(lambda: not screen.chooser.waiting)
        assert screen.choosing.list.currentIndex().row() == 0
        press("Down")
        press("Esc")


def test_large_letters_cut_off_nothing_that_tells_one_from_another(
    desk: DeviceDesk, screen: DevicesScreen, stage: Stage, qapp: QApplication
) -> None:
    theme.apply(theme.load("contrast", 1.5), qapp)
    stage.resize(1024, 768)
    screen.choose()
    until(lambda: not screen.chooser.waiting)
    said = screen.choosing.sentence
    assert said.fontMetrics().horizontalAdvance(said.text()) <= said.width()
    view = screen.list
    names = ("Customer display", "Customer screen")
    rows = [next(at for at in range(view.count()) if view.name_of(at).startswith(name)) for name in names]
    display, screens = (view.viewport().grab(view.visualRect(view.rows.index(at))).toImage() for at in rows)
    assert display != screens
    theme.apply(theme.load("light"), qapp)


def test_each_change_can_be_taken_back_whatever_it_is_called(
    desk: DeviceDesk, screen: DevicesScreen, stage: Stage
) -> None:
    for port in (9100, 9101):
        screen.session.bind("kitchen", DeviceSetting("escpos", f"tcp:127.0.0.1:{port}"), "Kitchen")
        assert not screen.head.undo.isHidden()
        screen.head.undo.dismiss()


def test_a_fault_of_the_past_says_what_happened_alone(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    desk.devices.printer_changed.emit("receipt", PrinterStatus.of(Condition.PAPER_OUT))
    until(lambda: bool(screen.pane.faults.facts))
    assert screen.pane.faults.facts[0].title == "The printer is out of paper."


def test_scans_show_what_was_made_of_them(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    screen.session.look_at("scanner-1")
    screen.take_scan(Scan("0104006381333931", "]C1"))
    screen.take_scan(Scan("4006381333931", "]E0"))
    assert screen.heard.scans[0].meaning == "Ethiopia Guji, 250 g"
    assert [row.symbology for row in screen.heard.scans] == ["EAN / UPC", "Code 128"]
    desk.set_up(scanner_1=DeviceSetting("wedge", "keyboard:", {"title": "In the hand"}))
    screen.take_scan(Scan("4006381333931", source="scanner-1"))
    assert [row.source for row in screen.heard.scans] == ["In the hand", "", ""]
    take_pictures(stage, "devices-scans")


def test_scanners_are_added_and_taken_away(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    desk.set_up(scanner_1=DeviceSetting("wedge", "keyboard:"))
    press("Ctrl+N")
    assert screen.session.current == "scanner-2"
    screen.choose()
    until(lambda: not screen.chooser.waiting)
    take(screen, "Barcode scanner that types like a keyboard")
    press("Ctrl+S")
    assert set(desk.settings().device) == {"scanner-1", "scanner-2"}
    screen.pane.take_away.click()
    assert set(desk.settings().device) == {"scanner-1"}
    press("Ctrl+Z")
    assert set(desk.settings().device) == {"scanner-1", "scanner-2"}


def test_what_is_set_up_can_be_set_otherwise(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    desk.set_up(receipt=DeviceSetting("file", "file:receipts", {"profile": "epson-58", "title": "Files"}))
    screen.session.refresh()
    screen.pane.set_up.click()
    assert screen.chooser.draft is not None
    card = screen.choosing.form.card
    assert card is not None
    model = card.editor("profile")
    assert isinstance(model, QComboBox)
    assert model.currentData() == "epson-58"
    model.setCurrentIndex(model.findData("generic-80"))
    press("Ctrl+S")
    assert desk.settings().device["receipt"] == DeviceSetting(
        "file", "file:receipts", {"profile": "generic-80", "title": "Files"}
    )


def test_a_cashier_looks_and_tries_and_changes_nothing(desk: DeviceDesk, screen: DevicesScreen, stage: Stage) -> None:
    desk.shop.person = BEN
    screen.arrived()
    assert screen.banner.text().startswith("You can look at the devices")
    assert not screen.pane.choose.isVisible()
    press("Return")
    assert screen.chooser.role is None
    screen.session.take_away()
    assert screen.session.refusal
    take_pictures(stage, "devices-cashier")


def test_the_page_answers_while_a_look_hangs(desk: DeviceDesk, stage: Stage, screen: DevicesScreen) -> None:
    may_end = threading.Event()

    def hanging() -> list[Found]:
        may_end.wait(PATIENCE)
        return [NETWORK]

    desk.looks = {"USB": lambda: [TM], "the network": hanging}
    other = DevicesScreen(desk.office())
    other.choose()
    until(lambda: other.chooser.waiting == {"the network"})
    assert titles(other)[0] == "EPSON TM-m30II"
    assert other.chooser.sentence == "Looking on the network…"
    may_end.set()
    until(lambda: not other.chooser.waiting)
    assert titles(other)[:2] == ["EPSON TM-m30II", "EPSON TM-T20III"]


def test_a_bus_that_cannot_be_looked_at_hides_no_other(desk: DeviceDesk, stage: Stage) -> None:
    def broken() -> list[Found]:
        raise RuntimeError("no bus here")

    desk.looks = {"USB": broken, "the network": lambda: [NETWORK]}
    screen = DevicesScreen(desk.office())
    screen.choose()
    until(lambda: not screen.chooser.waiting)
    assert titles(screen)[0] == "EPSON TM-T20III"
