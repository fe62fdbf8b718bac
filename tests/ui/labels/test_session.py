"""The labels session without a window: what is chosen, changed, kept, and taken back."""

from __future__ import annotations

import pytest

from omsdesk.documents.labels.model import FieldKind, Media
from omsdesk.documents.labels.ready import READY
from omsdesk.documents.labels.values import SAMPLE
from omsdesk.domain.label_design import LabelDesign, SaveDesign
from omsdesk.domain.labels import LabelValue
from omsdesk.store.queries.label_design import design, designs
from omsdesk.ui.labels.session import LabelsSession, design_of, label_of
from omsdesk.ui.office import Office
from tests.ui.back_office import BEN, BackOffice, until

HONEY = LabelDesign("d1", "Honey", design_of(READY[1].label))


@pytest.fixture
def session(office: Office) -> LabelsSession:
    made = LabelsSession(office)
    made.refresh()
    until(lambda: made.laid is not None)
    return made


def settle(session: LabelsSession) -> None:
    until(lambda: not session._is_drawing)


def test_every_label_survives_being_kept() -> None:
    for ready in READY:
        assert label_of(design_of(ready.label)) == ready.label


def test_the_shop_s_own_labels_come_first(session: LabelsSession, shop: BackOffice) -> None:
    shop.do(SaveDesign(HONEY), actor="anna")
    session.refresh()
    until(lambda: session.own)
    assert [entry.name for entry in session.entries] == ["Honey", *(ready.title for ready in READY)]


def test_the_board_shows_a_sample_until_a_product_is_chosen(session: LabelsSession) -> None:
    assert session.values == SAMPLE
    session.show_product("guji", (LabelValue("lot", "L9"),))
    until(lambda: session.values.get("sku") == "GUJI-250")
    assert (session.values["lot"], session.values["price"]) == ("L9", "£12.90")
    session.show_product("")
    until(lambda: session.values == SAMPLE)


def test_what_is_thrown_away_can_be_taken_back(session: LabelsSession) -> None:
    session.choose("shelf-70x38")
    session.select("price")
    session.set(size=50)
    session.rename("Mine")
    drawn = session.label
    session.discard()
    assert (session.has_changes, session.name, session.can_undo) == (False, "Shelf", True)
    session.undo()
    assert (session.label, session.name, session.has_changes) == (drawn, "Mine", True)
    session.copy()
    session.rename("New one")
    session.discard()
    assert session.chosen == READY[0].id
    session.undo()
    assert (session.name, session.is_own) == ("New one", True)
    session.discard()
    session.add(FieldKind.LINE)
    session.undo()
    assert session.name == READY[0].title, "what was thrown away before is gone"


def test_a_label_that_was_taken_away_is_offered_again(session: LabelsSession, shop: BackOffice) -> None:
    shop.do(SaveDesign(HONEY), actor="anna")
    session.refresh()
    until(lambda: session.own)
    session.choose("d1")
    session.take_away()
    until(lambda: session.saved)
    assert designs(shop.reader) == []
    assert session.can_undo
    session.undo()
    until(lambda: session.chosen == "d1")
    assert [row.name for row in designs(shop.reader)] == ["Honey"]
    session.set_label(gap=20)
    session.save()
    until(lambda: "saved" in session.saved)
    assert not session.refusal


def test_the_list_shows_what_is_not_saved_wherever_one_looks(session: LabelsSession) -> None:
    def shown() -> list[tuple[str, bool]]:
        return [(row.entry.name, row.is_changed) for row in session.listed]

    assert not any(changed for _, changed in shown())
    session.copy()
    session.rename("Jam")
    assert shown()[0] == ("Jam", True)
    copy = session.chosen
    session.choose("price-40x30")
    session.add(FieldKind.BOX)
    assert shown()[0] == ("Jam", True)
    assert ("Price", True) in shown()
    session.choose(copy)
    assert session.name == "Jam"
    assert len(shown()) == len(READY) + 1


def test_what_was_drawn_while_the_board_was_busy_is_drawn_after_it(session: LabelsSession) -> None:
    session.select("price")
    for size in range(30, 60):
        session.set(size=size)
    settle(session)
    assert session.laid is not None
    assert session.laid.label == session.label
    session.undo()
    assert session.label == READY[0].label


def test_a_label_that_cannot_be_is_said_and_the_last_picture_stays(session: LabelsSession) -> None:
    before = session.laid
    session.set_label(width=20)
    until(lambda: session.refusal)
    assert "between 5 and 600 mm" in session.refusal
    assert session.laid is before


def test_a_new_label_is_forgotten_by_discarding_it(session: LabelsSession, shop: BackOffice) -> None:
    session.copy()
    session.rename("Mine")
    session.set_label(media=Media.CONTINUOUS)
    assert [name for _, name in session.unsaved] == ["Mine"]
    session.discard()
    assert (session.chosen, session.unsaved, designs(shop.reader)) == (READY[0].id, [], [])


def test_only_what_was_changed_is_said(session: LabelsSession, shop: BackOffice) -> None:
    shop.do(SaveDesign(HONEY), actor="anna")
    session.refresh()
    until(lambda: session.own)
    session.choose("d1")
    session.rename("Honey, new")
    session.save()
    until(lambda: session.saved)
    assert design(shop.reader, "d1") == (LabelDesign("d1", "Honey, new", HONEY.label), 2)
    session.select("price")
    session.set(size=50)
    session.save()
    until(lambda: not session.has_changes)
    kept = design(shop.reader, "d1")
    assert kept is not None
    assert (kept[0].name, kept[1]) == ("Honey, new", 3)


def test_a_label_without_a_name_is_not_kept(session: LabelsSession, shop: BackOffice) -> None:
    session.copy()
    session.rename("  ")
    session.save()
    until(lambda: session.refusal)
    assert "needs a name" in session.refusal
    assert session.has_changes


def test_a_ready_label_stays_as_it_is(session: LabelsSession, shop: BackOffice) -> None:
    session.select("price")
    session.remove()
    session.save()
    until(lambda: session.saved)
    until(lambda: session.own)
    assert session.is_own
    session.choose(READY[0].id)
    assert session.label == READY[0].label


def test_who_may_not_edit_changes_nothing(session: LabelsSession, shop: BackOffice) -> None:
    shop.person = BEN
    session.select("price")
    for change in (session.remove, session.double, session.copy, session.take_away, session.save):
        change()
    session.add(FieldKind.BOX)
    session.set(size=99)
    assert session.label == READY[0].label
    assert session.selected == "price"
    session.rename("Other")
    session.save()
    assert "ask a manager" in session.refusal


def test_choosing_what_is_not_there_changes_nothing(session: LabelsSession) -> None:
    session.choose("nowhere")
    assert session.chosen == READY[0].id
    session.select("gone")
    session.set(size=99)
    session.remove()
    assert session.label == READY[0].label
