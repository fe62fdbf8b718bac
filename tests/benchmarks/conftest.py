"""A till for every test that asks for one."""

from __future__ import annotations

from tests.actions.conftest import till

__all__ = ["till"]
