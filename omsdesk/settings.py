"""Every setting of a station once: its type, its default, and the sentence that explains it.

Settings are what differs between two computers of one shop (screen, printer, folders). What a shop is (taxes, people,
prices) stands in the journal and reaches every computer from there.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from omsdesk.domain.records import record
from omsdesk.private_files import private_folder

FILE = "settings.toml"

_Value = TypeVar("_Value")
_Section = TypeVar("_Section", bound="Settings | MailAccount | Service")


class BrokenSettings(ValueError):
    """The file cannot be understood; the sentence names its line and says what to do."""


class ThemeChoice(StrEnum):
    """How screens look."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class MailSecurity(StrEnum):
    """How the line to a mail server is protected."""

    STARTTLS = "starttls"
    """It begins open and is then protected; the usual way on port 587."""
    TLS = "tls"
    """Protected from the first byte; the usual way on port 465."""
    NONE = "none"
    """Open: for a server in the shop's own network. No password goes over it."""


def _setting(
    default: _Value, sentence: str, *, choices: tuple[_Value, ...] = (), between: tuple[int, int] | None = None
) -> _Value:
    value: _Value = field(default=default, metadata={"sentence": sentence, "choices": choices, "between": between})
    return value


@dataclass(frozen=True, slots=True)
class DeviceSetting:
    """The device that plays a role here, such as ``receipt``, ``kitchen``, ``label``, ``scale`` or ``scanner-1``."""

    driver: str
    address: str
    """``tcp:192.168.1.50:9100``, ``usb:04b8:0202:X5RG012345``, ``serial:/dev/ttyUSB0``, ``file:receipts``."""
    options: dict[str, str | int | bool] = field(default_factory=dict)
    """What else the driver wants to know, under its own names."""


@record
class MailAccount:
    """Where this computer hands e-mails in. The password is kept as the station's key is, and not here."""

    host: str = _setting("", "Name of the mail server, such as mail.example.org; empty: nothing is sent from here.")
    port: int = _setting(587, "Port of the mail server.", between=(1, 65535))
    security: MailSecurity = _setting(
        MailSecurity.STARTTLS,
        "starttls protects a line that begins open, tls protects it from the start, none is for one's own network.",
        choices=tuple(MailSecurity),
    )
    user: str = _setting("", "Who signs in at the mail server; empty: nobody has to.")
    sender: str = _setting("", "The address that mails come from.")
    certificates: str = _setting(
        "", "File with the certificates to trust, for a mail server of your own; empty: those of this system."
    )

    @property
    def is_set_up(self) -> bool:
        """Tell whether mails can be sent from here."""
        return bool(self.host and self.sender)


@record
class Service:
    """The service that this station tells what happened and hears of others from; enrolling writes it here.

    None of it is secret: the station proves who it is with its key (``sync/keys.py``).
    """

    address: str = _setting("", "Address of the service, such as https://desk.example; empty: no service.")
    store: str = _setting("", "The store that this station works in, as the service knows it.")
    tenant: str = _setting("", "The business that the store belongs to, as the service knows it.")
    certificates: str = _setting(
        "", "File with the certificates to trust, for a service of your own; empty: those of this system."
    )

    @property
    def is_enrolled(self) -> bool:
        """Tell whether this station was let in."""
        return bool(self.address and self.store)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for this computer. ``folder`` is where the file lies and every relative path begins."""

    folder: Path = Path()
    database: str = _setting("shop.db", "The database: a file beside this one, or a full path.")
    theme: ThemeChoice = _setting(  # noqa: RUF009 - the call describes the field and gives an immutable default
        ThemeChoice.SYSTEM, "How screens look; system follows the desktop.", choices=tuple(ThemeChoice)
    )
    text_scale: int = _setting(100, "Size of all text in per cent.", choices=(100, 125, 150))
    sound_volume: int = _setting(70, "Loudness of the till's sounds; 0 is silent.", between=(0, 100))
    is_close_blind: bool = _setting(
        default=False, sentence="true hides what should be in the drawer while the shift is counted."
    )
    shown_shop: str = _setting(
        "", "The shop that settings and products show where this computer is no till; empty: its own, or the first."
    )
    is_demonstration: bool = _setting(
        default=False, sentence="true in the demonstration shop: what is not plugged in is shown on the screen."
    )
    are_devices_wanted: bool = _setting(
        default=False, sentence="true until somebody at this new till was asked whether its devices are to be found."
    )
    pdf_folder: str = _setting("documents", "Where receipts and reports are saved as PDF.")
    mail: MailAccount = MailAccount()  # noqa: RUF009 - a record cannot change
    service: Service = Service()  # noqa: RUF009 - the same
    device: dict[str, DeviceSetting] = field(default_factory=dict)
    """Role by role; a role that is not here is played by nothing, save receipts, which are then shown on the screen."""

    @property
    def database_path(self) -> Path:
        """The database file."""
        return self.folder / self.database

    @property
    def pdf_path(self) -> Path:
        """The folder for PDF files."""
        return self.folder / self.pdf_folder


def station_folder(given: Path | None = None) -> Path:
    """Find the data folder of this station: the one that was given, ``OMSDESK_HOME``, or the system's place for it."""
    if given or os.environ.get("OMSDESK_HOME"):
        return (given or Path(os.environ["OMSDESK_HOME"])).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("omsdesk", appauthor=False)


def cache_folder() -> Path:
    """Where things lie that can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("omsdesk", appauthor=False)


def load(folder: Path) -> Settings:
    """Read the settings of a station; where there is no file yet, everything is at its default.

    Raises:
        BrokenSettings: the file is no TOML, or a value in it cannot be.

    """
    file = folder / FILE
    try:
        text = file.read_text(encoding="utf-8")
        found, where = tomllib.loads(text), _Where(file, text)
        return replace(_read(Settings, found, where), folder=folder, device=_devices(found.get("device", {}), where))
    except FileNotFoundError:
        return Settings(folder)
    except tomllib.TOMLDecodeError as error:
        raise BrokenSettings(_sentence(file, *_line_and_reason(error, text))) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BrokenSettings(_sentence(file, line, "the text is not UTF-8")) from None


def save(settings: Settings) -> None:
    """Write the file, each setting under its sentence; the old one is there until the new one is whole.

    Raises:
        OSError: the folder cannot be written.

    """
    private_folder(settings.folder)
    file = settings.folder / FILE
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text("\n".join(_written(settings)) + "\n", encoding="utf-8")
    fresh.replace(file)


def unknown_names(folder: Path) -> list[str]:
    """List names in the file that mean nothing, most likely misspelt; the file must be one that ``load`` reads."""
    file = folder / FILE
    found = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    rows = {row.name: row.default for row in _settings_of(Settings)}
    unknown = [name for name in found if name not in rows and name != "device"]
    for name, default in rows.items():
        if isinstance(default, _SECTIONS):
            known = {row.name for row in _settings_of(type(default))}
            unknown += [inner for inner in found.get(name, {}) if inner not in known]
    return unknown


_SECTIONS = (MailAccount, Service)


class _Where:
    """Names the line of a value, for the sentence that says what is wrong with it."""

    def __init__(self, file: Path, text: str, section: str = "") -> None:
        self.file, self.text, self.section = file, text, section

    def inside(self, section: str) -> _Where:
        return _Where(self.file, self.text, section)

    def broken(self, name: str, reason: str) -> BrokenSettings:
        section = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            if heading := re.match(r"\s*\[+\s*([^\]]*?)\s*\]", line):
                section = heading[1]
                if section.partition(".")[0] == name:
                    return BrokenSettings(_sentence(self.file, number, reason))
            elif section == self.section and re.match(rf"\s*[\"']?{name}\b", line):
                return BrokenSettings(_sentence(self.file, number, reason))
        return BrokenSettings(_sentence(self.file, 1, reason))


def _sentence(file: Path, line: int, reason: str) -> str:
    return f"Line {line} of {file}: {reason}. Correct the line, or delete the file to return to the defaults."


def _line_and_reason(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    reason, _, place = str(error).rpartition(" (at ")
    found = re.search(r"line (\d+)", place)
    # An unfinished last line is reported "at end of document".
    return int(found[1]) if found else max(len(text.splitlines()), 1), f"this is not TOML ({reason})"


def _settings_of(cls: type[Any]) -> list[Field[Any]]:
    return [row for row in fields(cls) if row.metadata or is_dataclass(row.default)]


def _read(cls: type[_Section], found: dict[str, object], where: _Where) -> _Section:
    values: dict[str, object] = {}
    for row in _settings_of(cls):
        if row.name not in found:
            continue
        value = found[row.name]
        if isinstance(row.default, _SECTIONS):
            if not isinstance(value, dict):
                raise where.broken(row.name, f"{row.name} is a section: write [{row.name}] above its settings")
            values[row.name] = _read(type(row.default), value, where.inside(row.name))
        else:
            values[row.name] = _checked(row, value, where)
    return cls(**values)  # type: ignore[arg-type]  # each value was checked against its field


def _devices(found: object, where: _Where) -> dict[str, DeviceSetting]:
    if not isinstance(found, dict) or not all(isinstance(rows, dict) for rows in found.values()):
        raise where.broken("device", "a device is a section: write [device.receipt] above its settings")
    devices: dict[str, DeviceSetting] = {}
    for role, rows in found.items():
        section = where.inside(f"device.{role}")
        for name in ("driver", "address"):
            if not isinstance(rows.get(name, ""), str):
                raise section.broken(name, f"{name} is a text in quotation marks")
        for name, value in rows.items():
            if type(value) not in _KINDS:
                raise section.broken(name, f"{name} is a text, a whole number, true or false")
        options = {name: value for name, value in rows.items() if name not in {"driver", "address"}}
        devices[role] = DeviceSetting(rows.get("driver", ""), rows.get("address", ""), options)
    return devices


_KINDS: dict[type[object], str] = {bool: "true or false", int: "a whole number", str: "a text in quotation marks"}


def _checked(row: Field[Any], value: object, where: _Where) -> object:
    choices, between = row.metadata["choices"], row.metadata["between"]
    if choices and (value not in choices or isinstance(value, bool)):
        raise where.broken(row.name, f"{row.name} is one of {', '.join(map(str, choices))}")
    if isinstance(row.default, StrEnum):
        return type(row.default)(str(value))
    if type(value) is not type(row.default):
        raise where.broken(row.name, f"{row.name} is {_KINDS[type(row.default)]}")
    if between and isinstance(value, int) and not between[0] <= value <= between[1]:
        raise where.broken(row.name, f"{row.name} is a number from {between[0]} to {between[1]}")
    return value


def _written(section: Settings | MailAccount | Service) -> Iterator[str]:
    for row in _settings_of(type(section)):
        value = getattr(section, row.name)
        if isinstance(value, _SECTIONS):
            yield from ("", f"[{row.name}]", *_written(value))
            continue
        yield f"# {row.metadata['sentence']}"
        yield f"{row.name} = {_literal(value)}"
    if isinstance(section, Settings):
        for role, device in section.device.items():
            yield from ("", f"[device.{_key(role)}]")
            rows = {"driver": device.driver, "address": device.address, **device.options}
            yield from (f"{_key(name)} = {_literal(value)}" for name, value in rows.items())


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, save for DEL, which JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
