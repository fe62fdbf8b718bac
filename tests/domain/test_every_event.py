"""Whoever reads an entry knows every kind there is, whatever they spoke of before."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import omsdesk.domain
from omsdesk.domain import every_event

DOMAIN = Path(omsdesk.domain.__file__).parent


def test_every_module_that_tells_of_facts_is_loaded() -> None:
    telling = {
        path.stem for path in DOMAIN.glob("*.py") if re.search(r'^@event\("', path.read_text("utf-8"), re.MULTILINE)
    }
    assert set(every_event.__all__) == telling


def test_an_entry_is_read_by_a_program_that_has_loaded_nothing_else() -> None:
    program = """
from omsdesk.domain.messages import class_of, known_kinds
assert not known_kinds()
assert class_of("order.placed", 1).__name__ == "OrderPlaced"
assert class_of("order.of_tomorrow", 1) is None
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=DOMAIN.parents[1], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.returncode == 0
