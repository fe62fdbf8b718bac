"""Commands ask, events tell, refusals explain; an event's kind and version name its shape for ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from importlib import import_module
from typing import ClassVar, TypeVar

from omsdesk.domain.records import record
from omsdesk.domain.values import Money

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


@record
class Command:
    """Something a person or a program wants to happen; named in the imperative."""

    permission: ClassVar[str] = ""
    """The right its author needs; empty where everybody at the till has it."""

    @property
    def size(self) -> int:
        """How much of that right it takes, in the measure of the right; 0 where it has none."""
        return 0

    @property
    def lent_for(self) -> str:
        """The document that somebody's agreeing to it holds for: its ticket, or what it makes."""
        return ""


@record
class Event:
    """A fact that has happened; named in the past tense, never changed, never taken back."""

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1

    @property
    def subject(self) -> str:
        """The id of the document the fact belongs to: by convention the event's first field."""
        cls: type = type(self)
        return str(getattr(self, _first_field(cls)))


@cache
def _first_field(cls: type) -> str:
    return fields(cls)[0].name


AMOUNT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Where an amount stands in the wording of a refusal."""


def written(wording: str, amounts: tuple[Money, ...], write: Callable[[Money], str]) -> str:
    """Put amounts into their places in a wording, as somebody writes them."""
    if not amounts:
        return wording
    first, *rest = wording.split(AMOUNT)
    return first + "".join(write(amount) + part for amount, part in zip(amounts, rest, strict=True))


@record
class Refusal:
    """Why a command was not carried out. A value, not an exception: saying no is ordinary work."""

    wording: str
    """What is the matter and what to do, for the person at the screen; ``AMOUNT`` holds the place of an amount."""
    amounts: tuple[Money, ...] = ()
    """What stands in those places, in order: how people write it is known at the screen, not here."""

    def in_words(self, write: Callable[[Money], str]) -> str:
        """Say it with amounts as somebody writes them."""
        return written(self.wording, self.amounts, write)

    @property
    def sentence(self) -> str:
        """The same written plainly, for logs and other programs."""
        return self.in_words(str)


Decision = tuple[Event, ...] | Refusal

_EventClass = TypeVar("_EventClass", bound=type[Event])
_Upcaster = Callable[[dict[str, Json]], dict[str, Json]]
_classes: dict[str, type[Event]] = {}
_upcasters: dict[tuple[str, int], _Upcaster] = {}


class UnknownEvent(LookupError):
    """A journal entry of a kind or version this program does not know: a newer program wrote it."""


def event(kind: str, version: int = 1) -> Callable[[_EventClass], _EventClass]:
    """Register an event class under the kind and version that the journal knows it by."""

    def register(cls: _EventClass) -> _EventClass:
        if kind in _classes:
            message = f"Two event classes claim the kind {kind}."
            raise TypeError(message)
        cls.kind, cls.version = kind, version
        _classes[kind] = cls
        return cls

    return register


def upcast(kind: str, version: int) -> Callable[[_Upcaster], _Upcaster]:
    """Register the step that turns a body of ``version`` into one of ``version + 1``."""

    def register(step: _Upcaster) -> _Upcaster:
        _upcasters[kind, version] = step
        return step

    return register


def current_shape(kind: str, version: int, body: dict[str, Json]) -> tuple[type[Event], dict[str, Json]]:
    """Find the class of an entry and raise its body to the shape the class has today.

    Raises:
        UnknownEvent: the kind is unknown, or the version newer than this program.

    """
    cls = class_of(kind, version)
    if cls is None:
        message = f"This program does not know {kind} in version {version}: update it to read this entry."
        raise UnknownEvent(message)
    for step in range(version, cls.version):
        body = _upcasters[kind, step](body)
    return cls, body


def class_of(kind: str, version: int) -> type[Event] | None:
    """Find the class of an entry; None where a newer program wrote it."""
    cls = _classes.get(kind)
    if cls is None:
        # A window that only opens reads no entries; who reads one that nobody spoke of yet has all kinds loaded.
        import_module("omsdesk.domain.every_event")
        cls = _classes.get(kind)
    return None if cls is None or version > cls.version else cls


def known_kinds() -> dict[str, type[Event]]:
    """Every kind of event that has been registered, for tests and the event catalogue."""
    return dict(_classes)
