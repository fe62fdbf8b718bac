"""The picture file that becomes the shop's logo: read away from the window, said in a sentence where it cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class LogoFile:
    """The logo as the shop keeps it, or why there is none."""

    logo: str = ""
    trouble: str = ""


def read_logo(path: Path) -> LogoFile:
    """Read a picture and make it a logo; takes a moment with a photograph, so never on the GUI thread."""
    from omsdesk.documents.logo import make_logo

    try:
        if path.stat().st_size > _MOST_BYTES:
            return LogoFile(trouble=f"“{path.name}” is larger than 50 MB. Save it smaller and choose it again.")
        return LogoFile(make_logo(path.read_bytes()))
    except OSError as error:
        return LogoFile(trouble=f"“{path.name}” cannot be read ({error.strerror}). Choose another file.")
    except ValueError as error:
        return LogoFile(trouble=str(error))
