"""What is typed over what is known, as every part of the settings that is saved as a whole has it."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from omsdesk.ui.settings.office import Office

_Draft = TypeVar("_Draft")


class TypedOver(Generic[_Draft]):
    """Whether it may be changed, whether it was, and whether what was saved can be taken back."""

    right: ClassVar[str]
    """Who has it may change it."""
    office: Office
    start: _Draft
    """What is known."""
    draft: _Draft
    """What is typed."""
    _undo: object
    """How what was saved last is taken back; nothing where it is not."""

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may change it."""
        return self.office.may(self.right)

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to save."""
        return self.draft != self.start

    @property
    def can_undo(self) -> bool:
        """Whether what was saved last can be taken back."""
        return bool(self._undo)
