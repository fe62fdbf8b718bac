"""The customer's screen as it is painted, at every stage and on every size of screen.

``OMSDESK_SCREENSHOTS=<folder>`` keeps the pictures.
"""

from __future__ import annotations

import base64
import io
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from omsdesk.devices.customer_screen import CustomerScreen
from omsdesk.documents.logo import make_logo
from omsdesk.domain.values import Money
from omsdesk.ui import theme
from omsdesk.ui.till.customer_display.shown import Figure, Question, Row, Shown, Stage
from omsdesk.ui.till.customer_display.view import CustomerView
from tests.ui.till.customer_display.test_slides import Later, draw

SIZES = ((800, 480), (1024, 768), (1366, 768), (1920, 1080), (480, 800), (768, 1366))


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


SHOP = Shown(Stage.IDLE, "Kontor Kaffee", "en-IE")
ROWS = (
    Row("1", "Ethiopia Guji 250 g", euros("12.90")),
    Row("2", "Oat milk 1 L", euros("8.40"), "3 × €2.80", (Figure("Three for two", euros("-2.80"), is_off=True),)),
    Row("3", "Mountain cheese from the Allgäu, twelve months old", euros("7.00"), "0.352 kg × €19.90 / kg"),
    Row("4", "קפה שחור", euros("4.50")),
    Row("5", "日本の緑茶", euros("9.90"), "2 × €4.95"),
    Row("6", "Travel mug 350 ml", euros("-24.00"), comes_back=True),
)
SELLING = replace(
    SHOP, stage=Stage.SELLING, rows=ROWS, touched="3", main=Figure("Total", euros("1234.50")), saved=euros("2.80"),
    taxes="Includes VAT\xa019\xa0%\xa0€3.83 · VAT\xa07\xa0%\xa0€0.55", customer="Mia",
    figures=(Figure("Discount 10 %", euros("-2.40"), is_off=True),),
)  # fmt: skip
CODE = "01a20ac3-6289-7329-86e4-c22892488b2c"
STATES = {
    "idle": SHOP,
    "closed": replace(SHOP, stage=Stage.CLOSED),
    "away": replace(SHOP, stage=Stage.AWAY),
    "selling": SELLING,
    "many": replace(SELLING, rows=tuple(replace(row, key=str(n)) for n, row in enumerate(ROWS * 4)), touched="23"),
    "training": replace(SELLING, is_training=True),
    "weighing": replace(
        SELLING, stage=Stage.ASKING,
        question=Question("On the scale", "Mountain cheese", "0.352 kg", "€19.90 / kg", euros("7.00")),
    ),
    "to_weigh": replace(
        SHOP, stage=Stage.ASKING,
        question=Question("Put it on the scale", "Mountain cheese", each="€19.90 / kg", advice="Take your hand off."),
    ),
    "paying": replace(
        SELLING, stage=Stage.PAYING, main=Figure("Left to pay", euros("30.80")),
        figures=(Figure("Total", euros("50.80")), Figure("Cash", euros("-20.00"))),
    ),
    "done": replace(
        SHOP, stage=Stage.DONE, main=Figure("Change", euros("19.20")), points=50, code=CODE,
        figures=(Figure("Total", euros("50.80")), Figure("Cash", euros("70.00"))),
    ),
    "done_training": replace(SHOP, stage=Stage.DONE, main=Figure("Paid", euros("19.20")), is_training=True),
    "hebrew": replace(SELLING, locale="he-IL"),
}  # fmt: skip
Make = Callable[..., CustomerView]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def made(shown: Shown, width: int = 1366, height: int = 768, **options: object) -> CustomerView:
        work = Later()
        view = CustomerView(CustomerScreen(**options), work)  # type: ignore[arg-type]
        qtbot.addWidget(view)
        view.resize(width, height)
        view.show_to_customer(shown)
        work.do()
        return view

    return made


def picture(view: CustomerView) -> QImage:
    return view.grab().toImage()


def colours(image: QImage, left: int, top: int, right: int, bottom: int) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(left, right, 3) for y in range(top, bottom, 3)}


@pytest.mark.parametrize("name", STATES)
def test_every_stage_on_every_screen(name: str, make: Make) -> None:
    folder = os.environ.get("OMSDESK_SCREENSHOTS")
    for look in ("light",) if not folder else theme.THEMES:
        for width, height in SIZES:
            image = picture(make(STATES[name], width, height, theme=look, names_customer=True))
            assert len(colours(image, 0, 0, width, height)) > 3, "something is there to see"
            if folder:
                image.save(str(Path(folder) / f"customer_{name}_{width}x{height}_{look}.png"))


def test_it_has_the_theme_that_was_chosen_for_it_and_not_the_cashiers(make: Make) -> None:
    for look in theme.THEMES:
        ground = picture(make(SHOP, theme=look)).pixelColor(5, 5)
        assert ground == theme.load(look).colour.surface


def test_the_total_is_the_largest_there_is_and_is_never_cut(make: Make) -> None:
    for total in ("0.05", "1234.50", "9999999.99"):
        for width, height in SIZES:
            image = picture(make(replace(SELLING, main=Figure("Total", euros(total))), width, height))
            # The box is dark and the figures are white: its edges stay dark.
            look = theme.load("light").colour
            box_right = width - round(20 * max(0.72, min(width, height) / 768)) - 3
            column = colours(image, box_right, height - 60, box_right + 2, height - 30)
            assert look.rail_on.name() not in column


def test_a_long_ticket_shows_its_newest_lines(make: Make) -> None:
    few, many = picture(make(STATES["selling"])), picture(make(STATES["many"]))
    soft = theme.load("light").colour.accent_soft.name()
    assert soft in colours(many, 40, 600, 700, 760), "the newest is marked at the bottom"
    assert soft not in colours(few, 40, 600, 700, 760)
    first = replace(STATES["many"], touched="0")
    assert soft in colours(picture(make(first)), 40, 40, 700, 200), "or the one that it is about"


def test_the_code_is_read_from_the_screen_by_a_telephone(make: Make) -> None:
    for width, height in SIZES:
        data = QBuffer()
        data.open(QIODevice.OpenModeFlag.WriteOnly)
        picture(make(STATES["done"], width, height)).save(data, "PNG")  # type: ignore[call-overload]
        (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(bytes(data.data().data()))))
        assert found.text == CODE


def test_the_first_name_is_shown_where_the_shop_says_so(make: Make) -> None:
    named = picture(make(SELLING, names_customer=True))
    assert picture(make(SELLING)) != named
    assert picture(make(replace(SELLING, customer="Ben"))) == picture(make(SELLING))


def test_the_page_is_mirrored_where_people_read_from_the_right(make: Make) -> None:
    bar = theme.load("light").colour.accent.name()
    assert bar in colours(picture(make(SELLING)), 10, 0, 20, 768)
    assert bar not in colours(picture(make(STATES["hebrew"])), 10, 0, 20, 768)


def test_training_is_striped_over_the_whole_width(make: Make) -> None:
    ground = theme.load("light").tone(theme.Tone.WARN)[1].name()
    image = picture(make(STATES["training"]))
    for left in (0, 600, 1300):
        assert ground in colours(image, left, 2, left + 60, 46)
    assert ground not in colours(picture(make(STATES["selling"])), 0, 2, 1366, 46)


def test_the_shops_logo_is_shown_between_customers(make: Make) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (200, 100), "#ff00aa").save(drawn, "PNG")
    logo = make_logo(drawn.getvalue())
    assert base64.b64decode(logo)
    image = picture(make(replace(SHOP, logo=logo)))
    assert QColor("#ff00aa").name() in colours(image, 300, 100, 1000, 500)
    assert picture(make(replace(SHOP, logo="no picture"))) == picture(make(SHOP))


def test_pictures_between_customers_and_none_while_one_is_served(tmp_path: Path, qtbot: QtBot) -> None:
    draw(tmp_path / "offer.png", "#00aa00", 1366, 768)
    work = Later()
    view = CustomerView(CustomerScreen(slides=str(tmp_path), seconds=2), work)
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show_to_customer(SHOP)
    view.show()
    slides = view._slides
    assert slides is not None
    assert slides._turn.isActive()
    slides._turn.timeout.emit()
    work.do()
    qtbot.waitUntil(lambda: not slides._step.isActive())
    assert picture(view).pixelColor(600, 300) == QColor("#00aa00")
    view.show_to_customer(SELLING)
    assert not slides._turn.isActive()
    assert picture(view) != picture(make_plain(qtbot, SHOP))
    view.show_to_customer(SHOP)
    assert picture(view) == picture(make_plain(qtbot, SHOP)), "the shop itself comes first"
    view.hide()
    assert not slides._turn.isActive(), "where nobody looks, nothing is read"


def make_plain(qtbot: QtBot, shown: Shown) -> CustomerView:
    view = CustomerView(CustomerScreen(), Later())
    qtbot.addWidget(view)
    view.resize(1366, 768)
    view.show_to_customer(shown)
    return view


def test_it_takes_no_focus(make: Make) -> None:
    view = make(SHOP)
    assert view.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_what_stays_the_same_is_not_painted_again(make: Make, qtbot: QtBot) -> None:
    view = make(SELLING)
    view.show()
    qtbot.waitExposed(view)
    qtbot.wait(50)
    painted = list[bool]()
    view.paintEvent = lambda _: painted.append(True)  # type: ignore[method-assign,assignment]
    view.show_to_customer(replace(SELLING))
    qtbot.wait(30)
    assert painted == []
