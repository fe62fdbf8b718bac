"""Where themes, icons, fonts and sounds lie: beside the package in a checkout, inside it once installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent
# A wheel and a PyInstaller bundle carry the folder inside the package; a checkout has it at its root.
_ROOT = next((root for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources") if root.is_dir()), None)


def resource(name: str) -> Path:
    """Path of a file or folder under ``resources``, named with forward slashes: ``themes/light.toml``.

    Raises:
        FileNotFoundError: the installation is incomplete, or the name is wrong.

    """
    path = _ROOT / name if _ROOT else _PACKAGE / "resources" / name
    if not path.exists():
        raise FileNotFoundError(f"The file {path} is missing: install omsdesk again.")
    return path
