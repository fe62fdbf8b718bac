"""The Devices page's state and intents: what plays which role, how it is, and changing that. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from omsdesk.devices import quality, registry
from omsdesk.devices.chosen import devices_of
from omsdesk.devices.driver import Card, Category
from omsdesk.devices.ports import DeviceError
from omsdesk.devices.roles import SCANNER, Role, free_scanner, roles, scanner
from omsdesk.domain.records import record
from omsdesk.settings import DeviceSetting, Settings
from omsdesk.store.queries.printing import JobCounts, job_counts
from omsdesk.ui.devices.office import NO_RIGHT, Office
from omsdesk.ui.devices.standing import Standing, place_of


@record
class Player:
    """A role, what plays it, and how that is."""

    role: Role
    setting: DeviceSetting | None
    card: Card | None
    standing: Standing

    @property
    def name(self) -> str:
        """What people call the device; empty where there is none."""
        if self.setting is None:
            return ""
        title = str(self.setting.options.get("title", ""))
        return title or (self.card.title if self.card else self.setting.driver)

    @property
    def place(self) -> str:
        """Where it hangs."""
        return place_of(self.setting.address) if self.setting else ""

    @property
    def category(self) -> Category:
        """The class of device that it is, or would be."""
        return self.card.category if self.card else self.role.categories[0]

    @property
    def left_open(self) -> dict[str, str]:
        """What we hold a driver to and this one does not hold, each with its reason."""
        return quality.left_open(self.card) if self.card else {}


class DevicesSession:
    """One role is looked at; ``bind`` and ``take_away`` hold at once and can be taken back."""

    def __init__(self, office: Office) -> None:
        """Look at the first role there is."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.refusal = self.saved = ""
        self.counts = JobCounts()
        self.before: Settings | None = None
        """How it was before the last change; None where that was taken back."""
        self._extra: str = ""
        self.current = self.players[0].role.key
        office.devices.chronicle.changed.connect(lambda _role: self.tell())

    # ------------------------------------------------------------------------------ what is there

    @property
    def settings(self) -> Settings:
        """The settings as they are."""
        return self.office.settings()

    @property
    def players(self) -> list[Player]:
        """All roles, in their order."""
        played = [*self.settings.device, *filter(None, [self._extra])]
        return [self._player(role) for role in roles(played, is_till=bool(self.office.till()))]

    @property
    def player(self) -> Player:
        """The role that is looked at."""
        return next((row for row in self.players if row.role.key == self.current), self.players[0])

    def _player(self, role: Role) -> Player:
        setting = devices_of(self.settings, is_till=bool(self.office.till())).get(role.key)
        return Player(role, setting, _card(setting), self.office.devices.chronicle.standing(role.key))

    @property
    def may_change(self) -> bool:
        """Whether whoever is here may change the devices."""
        return self.office.may_change

    @property
    def can_undo(self) -> bool:
        """Whether the last change can be taken back."""
        return self.before is not None

    def player_of(self, address: str) -> Role | None:
        """Tell which role the device at an address plays."""
        return next(
            (row.role for row in self.players if row.setting is not None and row.setting.address == address), None
        )

    # ------------------------------------------------------------------------------ intents

    def look_at(self, role: str) -> None:
        """Look at another role."""
        self.current, self.counts = role, JobCounts()
        self.refresh()

    def refresh(self) -> None:
        """Count what was printed, and tell all."""
        role, now = self.current, self.office.clock.now()
        self.office.work.ask(lambda reader: job_counts(reader, role, now), lambda found: self._count(role, found))
        self.tell()

    def add_scanner(self) -> None:
        """Make room for one more scanner, and look at it."""
        if self.is_allowed():
            taken = [key for key in self.settings.device if key.startswith(SCANNER)]
            self._extra = free_scanner(taken)
            self.look_at(self._extra)

    def bind(self, role: str, setting: DeviceSetting, name: str = "") -> bool:
        """Let a device play a role from now on; tells whether it does."""
        title = next((row.role.title for row in self.players if row.role.key == role), scanner(role).title)
        return self._keep({**self.settings.device, role: setting}, f"{title}: {name or place_of(setting.address)}")

    def bind_all(self, settings: dict[str, DeviceSetting]) -> bool:
        """Let several devices play their roles from now on."""
        count = len(settings)
        return self._keep({**self.settings.device, **settings}, f"{count} devices set up" if count > 1 else "Set up")

    def take_away(self) -> None:
        """Let nothing play the role that is looked at."""
        devices = {role: setting for role, setting in self.settings.device.items() if role != self.current}
        self._keep(devices, f"{self.player.role.title}: taken away")

    def take_back(self) -> None:
        """Have it as it was before the last change."""
        before, self.before = self.before, None
        if before is not None:
            self._write(replace(self.settings, device=before.device))
            self.saved = ""
            self.refresh()

    def set_option(self, name: str, value: str | int | bool) -> None:
        """Set one option of the device that is looked at."""
        player = self.player
        if player.setting is not None:
            options = {**player.setting.options, name: value}
            self.bind(self.current, replace(player.setting, options=options), player.name)

    def tell(self) -> None:
        """Tell whoever shows it."""
        for listener in tuple(self.listeners):
            listener()

    # ------------------------------------------------------------------------------ how

    def is_allowed(self) -> bool:
        """Tell whether whoever is here may change the devices; says so where not."""
        self.refusal = "" if self.may_change else NO_RIGHT
        if self.refusal:
            self.tell()
        return not self.refusal

    def _keep(self, devices: dict[str, DeviceSetting], said: str) -> bool:
        if not self.is_allowed():
            return False
        before = self.settings
        if not self._write(replace(before, device=devices)):
            self.tell()
            return False
        self.before, self.saved, self._extra = before, said, ""
        self.refresh()
        return True

    def _write(self, settings: Settings) -> bool:
        try:
            self.office.keep(settings)
        except OSError as error:
            self.refusal = f"The settings cannot be written ({error.strerror}). Check the folder {settings.folder}."
            return False
        return True

    def _count(self, role: str, found: JobCounts) -> None:
        if role == self.current:
            self.counts = found
            self.tell()


def _card(setting: DeviceSetting | None) -> Card | None:
    try:
        return registry.card_of(setting.driver) if setting else None
    except DeviceError:
        return None
