"""Every command there is, found by walking the classes: a new one cannot be forgotten."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules

import omsdesk.domain
from omsdesk.domain.messages import Command


def every_command(root: type[Command] = Command) -> list[type[Command]]:
    """List the commands below ``root`` that somebody can give: those that no other one stands below.

    A slotted dataclass is made anew by its decorator; the class it was made from is passed over.
    """
    for module in iter_modules(omsdesk.domain.__path__, "omsdesk.domain."):
        import_module(module.name)
    below = [cls for cls in root.__subclasses__() if getattr(sys.modules[cls.__module__], cls.__name__, None) is cls]
    return [leaf for cls in below for leaf in (every_command(cls) or [cls])]
