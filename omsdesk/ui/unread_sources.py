"""Imported once after Qt: keeps Qt for Python from reading the source of every module that comes after it.

It looks there whether a module wants Qt's names written otherwise (``from __feature__ import snake_case``). None of
ours does, and two hundred files more are read at each start. Where a later version looks in another way, it looks.
"""

from __future__ import annotations

from importlib import import_module

_LOOKS = "_mod_uses_pyside"

_feature = import_module("shibokensupport.feature")
if hasattr(_feature, _LOOKS):
    setattr(_feature, _LOOKS, lambda _module: True)
