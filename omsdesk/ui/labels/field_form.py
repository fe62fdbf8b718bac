"""The properties of the chosen field, and of the label itself."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QWidget

from omsdesk.documents.labels.model import FieldKind, LabelField, Media, Stand
from omsdesk.documents.labels.symbology import Symbology
from omsdesk.documents.labels.values import VALUE_NAMES
from omsdesk.documents.paper import Align
from omsdesk.ui.labels.lengths import mm_text, read_mm
from omsdesk.ui.labels.session import LabelsSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.field_card import Field, FieldCard, choices, combo, fill, hear, line
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import row

_TITLES = {
    FieldKind.TEXT: "Text", FieldKind.CODE: "Barcode", FieldKind.LINE: "Line", FieldKind.BOX: "Box",
    FieldKind.PICTURE: "Picture",
}  # fmt: skip
_SYMBOLOGIES = {
    Symbology.ARTICLE: "As the number needs", Symbology.EAN_13: "EAN-13", Symbology.EAN_8: "EAN-8",
    Symbology.UPC_A: "UPC-A", Symbology.CODE_128: "Code 128", Symbology.GS1_128: "GS1-128",
    Symbology.ITF_14: "ITF-14", Symbology.CODE_39: "Code 39", Symbology.DATA_MATRIX: "DataMatrix",
    Symbology.GS1_DATA_MATRIX: "GS1 DataMatrix", Symbology.QR: "QR code",
}  # fmt: skip
_ALIGNS = ((str(Align.LEFT), "Left"), (str(Align.CENTER), "Middle"), (str(Align.RIGHT), "Right"))
_STANDS = ((str(Stand.TOP), "Top"), (str(Stand.MIDDLE), "Middle"), (str(Stand.BOTTOM), "Bottom"))
_TURNS = (("0", "Upright"), ("90", "Turned right"), ("180", "Upside down"), ("270", "Turned left"))
_MEDIA = (
    (str(Media.GAP), "Gaps between labels"), (str(Media.MARK), "Black marks on the back"),
    (str(Media.CONTINUOUS), "A roll without labels"),
)  # fmt: skip
_LENGTHS = ("x", "y", "width", "height", "size", "least_size", "thickness")
_SHOWN = {
    "content": {FieldKind.TEXT, FieldKind.CODE},
    "insert": {FieldKind.TEXT, FieldKind.CODE},
    "symbology": {FieldKind.CODE},
    "size": {FieldKind.TEXT, FieldKind.CODE},
    "least_size": {FieldKind.TEXT},
    "most_lines": {FieldKind.TEXT},
    "align": {FieldKind.TEXT, FieldKind.CODE, FieldKind.PICTURE},
    "stand": {FieldKind.TEXT},
    "turn": {FieldKind.TEXT, FieldKind.CODE},
    "thickness": {FieldKind.BOX},
    "is_bold": {FieldKind.TEXT},
    "is_inverted": {FieldKind.TEXT},
    "shows_text": {FieldKind.CODE},
}
"""Which kinds of fields have which properties; what is not named here all of them have."""
_KINDS = {"align": Align, "stand": Stand, "symbology": Symbology}
_WRONG = "Type a length in millimetres."


class FieldForm(CardColumn):
    """Fills its editors from the session, and tells it what is typed."""

    def __init__(self, session: LabelsSession) -> None:
        """Lay the cards out."""
        self.session = session
        self.nothing = Label("Click a field on the label, or press Tab there, to change it.", 14, 400, Tone.NEUTRAL)
        self.nothing.setWordWrap(True)
        self.card, self.label_card = _field_card(), _label_card()
        self.picture, self.logo = KeyButton("Choose a picture…", "image"), KeyButton("The shop's logo", "store")
        self.double, self.remove = KeyButton("Double", "plus", "Ctrl D"), KeyButton("Delete", "trash-2", "Del")
        self.double.clicked.connect(session.double)
        self.remove.clicked.connect(session.remove)
        self.tools = QWidget()
        self.tools.setLayout(row(self.double, self.remove, spacing=8))
        for button in (self.picture, self.logo):
            self.card.column.insertWidget(1, button)
        self.card.column.addWidget(self.tools)
        self.picture.clicked.connect(self.choose_picture)
        self.logo.clicked.connect(lambda: session.set(content="{logo}"))
        self.errors: dict[str, str] = {}
        super().__init__([[self.nothing], [self.card], [self.label_card]])
        self._column.setContentsMargins(0, 4, 6, 16)
        self._hear()

    def _hear(self) -> None:
        for name in self.card.names:
            hear(self.card.editor(name), partial(self._typed, name))
        for name in self.label_card.names:
            hear(self.label_card.editor(name), partial(self._label_typed, name))

    def choose_picture(self) -> None:
        """Ask for a picture file."""
        name, _ = QFileDialog.getOpenFileName(self, "Choose a picture", "", "Pictures (*.png *.jpg *.jpeg *.bmp *.gif)")
        if name:
            self.session.set_picture(Path(name))

    def _typed(self, name: str, value: str | bool) -> None:
        field = self.session.field
        if field is None:
            return
        if name == "insert":
            self._insert(field, str(value))
        elif name in _LENGTHS:
            self._length(self.card, name, str(value), partial(self._set_length, name))
        elif name == "most_lines":
            self.session.set(most_lines=int(value) if str(value).isdecimal() and int(value) else 1)
        elif name == "turn":
            self.session.set(turn=int(value))
        else:
            self.session.set(**{name: _KINDS[name](str(value)) if name in _KINDS else value})

    def _set_length(self, name: str, length: int) -> bool:
        if length < (0 if name in {"x", "y"} else 1):
            return False
        self.session.set(**{name: length})
        return True

    def _label_typed(self, name: str, value: str | bool) -> None:
        if name == "name":
            self.session.rename(str(value))
        elif name == "media":
            self.session.set_label(media=Media(str(value)))
        else:
            self._length(self.label_card, name, str(value), partial(self._set_label_length, name))

    def _set_label_length(self, name: str, length: int) -> bool:
        if not (0 if name == "gap" else 50) <= length <= 6000:
            return False
        self.session.set_label(**{name: length})
        return True

    def _length(self, card: FieldCard, name: str, text: str, take: partial[bool]) -> None:
        """Take a length; what is none is said below its editor and changes nothing."""
        length = read_mm(text)
        is_right = length is not None and take(length)
        self.errors.pop(name, None)
        if not is_right:
            self.errors[name] = _WRONG
        card.show_errors(self.errors)

    def _insert(self, field: LabelField, name: str) -> None:
        words = self.card.editor("content")
        assert isinstance(words, QLineEdit)
        if name:
            # Where the cursor is, unless nobody put it anywhere.
            at = words.cursorPosition() or len(field.content)
            self.session.set(content=f"{field.content[:at]}{{{name}}}{field.content[at:]}")
            words.setCursorPosition(at + len(name) + 2)
        editor = self.card.editor("insert")
        assert isinstance(editor, QComboBox)
        fill(editor, "")

    @property
    def words(self) -> QWidget | None:
        """Where it is typed what the chosen field says; none where it says nothing."""
        field = self.session.field
        says = field is not None and field.kind in _SHOWN["content"] and self.session.may_edit
        return self.card.editor("content") if says else None

    # ------------------------------------------------------------------------------ what is shown

    def show_values(self) -> None:
        """Fill everything from the session."""
        session, field = self.session, self.session.field
        self.nothing.setVisible(field is None)
        self.card.setVisible(field is not None)
        if field is not None:
            self.card.title.setText(_TITLES[field.kind])
            self.tools.setVisible(session.may_edit)
            self._fill(self.card, _said(field))
            for button in (self.picture, self.logo):
                button.setVisible(field.kind is FieldKind.PICTURE and session.may_edit)
            for name, kinds in _SHOWN.items():
                self.card.show_field(name, is_shown=field.kind in kinds)
        label = session.label
        lengths = {name: mm_text(getattr(label, name)) for name in ("width", "height", "gap")}
        self._fill(self.label_card, {"name": session.name, "media": str(label.media), **lengths})

    def _fill(self, card: FieldCard, said: Mapping[str, str | bool]) -> None:
        for name, value in said.items():
            editor = card.editor(name)
            # What is being typed stays as it is typed: 2. is on its way to 2.5.
            is_typed = isinstance(editor, QLineEdit) and editor.hasFocus() and name in {*_LENGTHS, "gap", "most_lines"}
            if not is_typed:
                fill(editor, value)
            editor.setEnabled(self.session.may_edit)


def _said(field: LabelField) -> dict[str, str | bool]:
    lengths = {name: mm_text(getattr(field, name)) for name in _LENGTHS}
    texts = {name: str(getattr(field, name)) for name in ("align", "stand", "symbology", "turn", "most_lines")}
    plain = {name: getattr(field, name) for name in ("content", "only_with", "is_bold", "is_inverted", "shows_text")}
    return {**lengths, **texts, **plain}


class _Titled(FieldCard):
    """A card whose title says what it is about now."""

    def __init__(self) -> None:
        super().__init__("")
        self.title = Label("", 18, 600)
        self.column.addWidget(self.title)


def _field_card() -> _Titled:
    card = _Titled()
    names = [("", "Add a value…"), *((value.name, value.title) for value in VALUE_NAMES)]
    card.add_fields(Field("content", "What it says", line(), "Names in braces stand for values: {price}"))
    card.add_fields(Field("insert", "Values", _combo(names)))
    card.add_fields(
        Field("symbology", "Kind of code", _combo([(str(key), word) for key, word in _SYMBOLOGIES.items()]))
    )
    card.add_fields(_mm("size", "Letters, mm"), _mm("least_size", "At least, mm"))
    card.add_fields(Field("align", "Across", _combo(_ALIGNS)), Field("stand", "Up and down", _combo(_STANDS)))
    card.add_fields(Field("turn", "Turn", _combo(_TURNS)), _mm("most_lines", "Lines"), _mm("thickness", "Line, mm"))
    card.add_fields(
        Field("is_bold", "Weight", QCheckBox("Bold")), Field("is_inverted", "Colours", QCheckBox("Inverted"))
    )
    card.add_fields(Field("shows_text", "Below the code", QCheckBox("What it says")))
    card.add_fields(_mm("x", "From left, mm"), _mm("y", "From top, mm"))
    card.add_fields(_mm("width", "Width, mm"), _mm("height", "Height, mm"))
    needs = [("", "Always"), *((value.name, value.title) for value in VALUE_NAMES)]
    card.add_fields(Field("only_with", "Only where there is", _combo(needs)))
    return card


def _label_card() -> FieldCard:
    return FieldCard(
        "The label",
        [
            [Field("name", "Name", line())],
            [_mm("width", "Width, mm"), _mm("height", "Height, mm")],
            [Field("media", "The printer finds its end by", _combo(_MEDIA))],
            [_mm("gap", "Gap or mark, mm")],
        ],
    )


def _mm(name: str, label: str) -> Field:
    return Field(name, label, line(is_number=True))


def _combo(rows: object) -> QComboBox:
    editor = combo()
    editor.setMinimumContentsLength(2)
    choices(editor, list(rows), "")  # type: ignore[call-overload]
    return editor
