"""Where themes, icons, fonts and sounds lie: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
# A wheel and a PyInstaller bundle carry the folder inside the package; a checkout has it at its root.
_PLACES = (_PACKAGE / "resources", _PACKAGE.parent / "resources")
_ROOT = next((place for place in _PLACES if place.is_dir()), _PLACES[0])


def resource(name: str) -> Path:
    """Path of a file or folder under ``resources``, named with forward slashes: ``themes/light.toml``.

    Raises:
        FileNotFoundError: the installation is incomplete, or the name is wrong.

    """
    path = _ROOT / name
    if not path.exists():
        raise FileNotFoundError(f"The file {path} is missing: install omsdesk again.")
    return path
