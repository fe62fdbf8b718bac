"""What devices are wanted for: one of each role, and as many scanners as there are."""

from __future__ import annotations

from omsdesk.devices.chosen import AT_A_TILL
from omsdesk.devices.driver import Category
from omsdesk.devices.roles import free_scanner, roles
from omsdesk.domain.kitchen import KITCHEN, PICK
from omsdesk.domain.labels import LABEL
from omsdesk.domain.printing import RECEIPT
from omsdesk.ui.devices.station_devices import SCALE, SCANNER


def test_a_station_has_a_scanner_to_set_up() -> None:
    ours = ["receipt", "kitchen", "pick", "label", "scale", "display", "customer-screen"]
    assert [role.key for role in roles([])] == [*ours, "scanner-1"]
    assert roles([])[-1].title == "Scanner"


def test_where_nothing_is_sold_no_role_is_for_a_customer_or_a_kitchen() -> None:
    listed = roles([], is_till=False)
    assert [role.key for role in listed] == ["label", "receipt", "pick", "scale", "scanner-1"]
    assert not AT_A_TILL & {role.key for role in listed}
    assert AT_A_TILL | {role.key for role in listed} == {role.key for role in roles([])}, "nothing is forgotten"
    assert not any("drawer" in role.purpose for role in listed)


def test_several_scanners_have_numbers_and_an_order() -> None:
    listed = roles(["scanner-10", "receipt", "scanner-2"])
    assert [(role.key, role.title) for role in listed[7:]] == [("scanner-2", "Scanner 2"), ("scanner-10", "Scanner 10")]


def test_the_next_scanner_takes_the_first_free_name() -> None:
    assert free_scanner([]) == "scanner-1"
    assert free_scanner(["scanner-1", "scanner-3"]) == "scanner-2"


def test_what_runs_and_what_is_shown_have_the_same_names() -> None:
    played = {role.key: role for role in roles([])}
    assert {RECEIPT, KITCHEN, PICK, LABEL} < played.keys(), "whatever asks for paper has a printer to be set up"
    assert played[SCALE].categories == (Category.SCALE,)
    assert played[f"{SCANNER}1"].categories == (Category.SCANNER,)
