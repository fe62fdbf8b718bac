"""Starts a role: the desktop, the cloud service, an import, a check. ``python -m omsdesk --help`` names them all."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from omsdesk.actions.import_outcome import Summary
    from omsdesk.actions.import_reading import ProductFile
    from omsdesk.channels.product_files.layout import Layout
    from omsdesk.channels.product_files.reader import Sheet
    from omsdesk.domain.shop import Shop
    from omsdesk.settings import Settings
    from omsdesk.store.verify import Findings

FINE, FOUND, USAGE, FAILED = 0, 1, 2, 3

_ENDINGS = """
exit codes:
  0  all is well
  1  something is wrong with what was looked at: damage, rows that cannot be imported, something missing
  2  the command was not understood
  3  it could not be done: disk full, no permission, file missing or in use

The data of this computer lie in the folder that --folder or the variable OMSDESK_HOME names, else in the
system's place for the data of programs. “omsdesk COMMAND --help” explains a command.
"""
_NEXT = "Next: “omsdesk rebuild” makes the tables anew; where the journal is damaged, “omsdesk restore” a backup."


class _Impossible(Exception):
    """What was asked cannot be done; the sentence says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry a command line out and give its exit code. A person reads sentences, never a traceback."""
    options = _parser().parse_args(arguments)
    from omsdesk.store.encryption import find_keys_with

    run: Callable[[argparse.Namespace], int] = options.run
    find_keys_with(partial(_secret_of, options))
    try:
        return run(options)
    except KeyboardInterrupt:
        return _say("Stopped. What was done until then stays.")
    except BrokenPipeError:
        # Whoever read the output has seen enough; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:
        sentence = _sentence(error)
        if not sentence:
            raise
        return _say(sentence)


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return FAILED


def _sentence(error: Exception) -> str:
    """What to tell a person of an error that the world made; empty where the program did."""
    from omsdesk.channels.product_files.source import UnreadableFile
    from omsdesk.server.serve import CannotServe
    from omsdesk.settings import BrokenSettings
    from omsdesk.store.engine import StoreFailure

    if isinstance(error, StoreFailure | UnreadableFile | BrokenSettings | CannotServe | _Impossible):
        return str(error)
    if isinstance(error, ImportError) and ("PySide6" in str(error) or ".so" in str(error)):
        return f"Qt cannot be loaded ({error}). “omsdesk doctor” says what to install."
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror or error}. Nothing was changed there: check the name, the space and the rights."
    return ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "omsdesk",
        description="A till and its back office: sells with or without a network. Without a command, the till opens.",
        epilog=_ENDINGS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--folder", type=Path, help="where this station's settings and database lie")
    parser.set_defaults(run=_till)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int], summary: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=summary, description=summary)
        # Said after the command it counts as well, and does not undo what was said before.
        command.add_argument("--folder", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        command.set_defaults(run=run, role=name)
        return command

    add("till", _till, "Open the till and its back office.")
    demo = add("demo", _demo, "Open the till of a demonstration shop, beside your own data.")
    demo.add_argument("--offscreen", action="store_true", help="without a screen: ring up a sale and say where it lies")
    _import_options(add("import", _import, "Bring in products from CSV or XLSX: an export, or any other table."))
    check = add("verify", _verify, "Check every hash of the journal, the tables against it, and every sum.")
    check.add_argument("file", nargs="?", type=Path, help="a backup to check; otherwise the database of this station")
    add("rebuild", _rebuild, "Make all tables anew from the journal. The till may stay open.")
    copy = add("backup", _backup, "Copy the database, checked, while the till goes on selling.")
    copy.add_argument("file", type=Path, help="the copy; or a folder, where it is named after the day")
    back = add("restore", _restore, "Put a backup in the place of the database; receipts begin a new series.")
    back.add_argument("file", type=Path, help="the backup")
    hide = add("encrypt", _encryption, "Encrypt the database, and show the recovery key.")
    again = add("rekey", _encryption, "Give an encrypted database another key, and show the recovery key.")
    for keyed in (hide, again):
        keyed.add_argument("--sheet", type=Path, help="write the recovery key to this file, to be printed")
    add("decrypt", _encryption, "Make an encrypted database one that everybody can read.")
    lost = add("recover", _encryption, "Take in the recovery key where a database or a backup has lost its key.")
    lost.add_argument("file", nargs="?", type=Path, help="a backup; otherwise the database of this station")
    add("doctor", _doctor, "Say what is missing on this machine, and what to do.")
    _server_options(add("server", _server, "Run the service that stations of a business exchange their journals by."))
    return parser


def _import_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, help="the table of products")
    command.add_argument("--dry-run", action="store_true", help="say what would happen, and change nothing")
    command.add_argument("--layout", metavar="SYSTEM", help="whose export it is, where that is not recognised")
    command.add_argument(
        "--mapping", metavar="FIELD=COLUMN,...", help="which column is what: name=Bezeichnung,price=VK,codes=EAN"
    )
    command.add_argument("--sheet", default="", help="the worksheet of a workbook; otherwise the first one")
    command.add_argument("--currency", help="the currency of the prices, for a dry run before a shop is set up")


def _server_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--database", help="a file, or postgresql://…; otherwise OMSDESK_DATABASE, or a file here")
    command.add_argument(
        "--host", default="127.0.0.1", help="the address to listen at (127.0.0.1: this computer alone)"
    )
    command.add_argument("--port", type=int, default=8460, help="the port to listen at (8460)")
    command.add_argument("--certificate", type=Path, help="the certificate to speak HTTPS with, as PEM file")
    command.add_argument("--key", type=Path, help="its private key, if it is not in the same file")
    command.add_argument("--proxies", default="", metavar="ADDRESS,...", help="proxies in front that say who asks")
    command.add_argument("--tables", type=Path, help="the folder of the tables that are made from the journals")
    command.add_argument("--without-tables", action="store_true", help="keep none: new stations hear everything")
    command.set_defaults(task="serve")
    tasks = command.add_subparsers(title="tasks", metavar="TASK")

    def add(name: str, summary: str) -> argparse.ArgumentParser:
        task = tasks.add_parser(name, help=summary, description=summary)
        task.add_argument("--folder", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        task.add_argument("--database", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        task.add_argument("--tables", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        task.set_defaults(task=name)
        return task

    found = add("new-business", "Make a business, and a code that lets its first station in.")
    found.add_argument("name", help="what it is called")
    found.add_argument("--store", default="", help="the id of its first store; otherwise its first station brings one")
    add("tables", "Keep the tables that are made from the journals; the service starts this itself.")
    code = add("code", "Make a code that lets one station in.")
    code.add_argument("--store", default="", help="the id of the store that the station works in, if there are several")
    code.add_argument("--till", default="", help="the till that the station is: its id, its code or its name")
    code.add_argument("--device", default="", help="the station that comes again, with a new disk or key")
    gone = add("retire", "Let a station in no more.")
    gone.add_argument("device", help="the station")
    for task in (code, gone, add("devices", "List the stations of a business.")):
        task.add_argument("--business", default="", help="the id of the business, if there are several")


# ------------------------------------------------------------------------------------------ desktop


def _settings(options: argparse.Namespace) -> Settings:
    from omsdesk.settings import load, station_folder

    return load(station_folder(options.folder))


def _make_haste() -> None:
    # While everything is being made the collector finds nothing and costs a fifth of the time; the window, once it is
    # painted, lets it run again.
    gc.disable()


def _till(options: argparse.Namespace) -> int:
    from omsdesk.actions.doctor import is_there_a_screen

    settings = _settings(options)
    if not is_there_a_screen():
        raise _Impossible("There is no screen to open a window on. Try “omsdesk demo --offscreen”.")
    _make_haste()
    from omsdesk.app import run_desktop

    return run_desktop(settings)


def _demo(options: argparse.Namespace) -> int:
    from omsdesk.actions.doctor import is_there_a_screen
    from omsdesk.settings import load, station_folder

    settings = load(options.folder.absolute() if options.folder else station_folder() / "demo")
    if options.offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    elif not is_there_a_screen():
        raise _Impossible("There is no screen to open a window on. Add --offscreen to ring up a sale without one.")
    _make_haste()
    from omsdesk.demonstration import run_demo

    return run_demo(settings, is_offscreen=options.offscreen)


# ------------------------------------------------------------------------------------------- import

_REMARKS_TOLD = 20


def _import(options: argparse.Namespace) -> int:
    from contextlib import closing
    from tempfile import TemporaryDirectory

    from omsdesk.actions.clock import SystemClock
    from omsdesk.actions.execute import Executor
    from omsdesk.actions.import_catalogue import dry_run, import_catalogue
    from omsdesk.actions.import_outcome import Watch
    from omsdesk.channels.product_files.layout import unused_words
    from omsdesk.channels.product_files.products import unused_columns
    from omsdesk.domain.people import SYSTEM
    from omsdesk.store.database import open_database
    from omsdesk.store.queries.till import shop_of

    clock, path = SystemClock(), _settings(options).database_path
    with TemporaryDirectory(prefix="omsdesk-import-") as scratch:
        # Without a shop of its own a station can still rehearse, in a database that nobody keeps.
        path = path if path.exists() else Path(scratch) / "rehearsal.db"
        with closing(open_database(path, clock.new_id)) as database:
            file = _product_file(options, shop_of(database.writer, database.station.till))
            if unused := unused_columns(file.sheet, file.layout):
                print(unused_words(unused))
            watch = Watch(lambda _rows, read, total: _show_progress(read, total))
            if options.dry_run:
                summary = dry_run(database.writer, file, clock.now().day, watch).summary
            else:
                summary = import_catalogue(Executor(database, clock), SYSTEM, file, watch)
    return _tell(summary, is_rehearsal=options.dry_run)


def _product_file(options: argparse.Namespace, shop: Shop | None) -> ProductFile:
    from omsdesk.actions.import_reading import ProductFile
    from omsdesk.channels.product_files.reader import open_file
    from omsdesk.domain.shop import Shop

    if shop is None and not (options.dry_run and options.currency):
        raise _Impossible(
            "No shop is set up yet. Open omsdesk and set it up, or rehearse with --dry-run --currency EUR."
        )
    if shop is not None and options.currency not in (None, shop.currency):
        raise _Impossible(f"The shop sells in {shop.currency}: prices in {options.currency} cannot be imported.")
    sheet = open_file(options.file, sheet=options.sheet)
    return ProductFile(sheet, _layout(options, sheet), shop or Shop("", "", options.currency))


def _layout(options: argparse.Namespace, sheet: Sheet) -> Layout:
    from omsdesk.channels.product_files.layout import Columns
    from omsdesk.channels.product_files.layouts.generic import Generic, guess_mapping
    from omsdesk.channels.product_files.recognition import SYSTEMS, recognise

    guess = guess_mapping(sheet.headers, sheet.sample)
    if options.mapping:
        for field, at in _columns(options.mapping, sheet.headers).items():
            guess = guess.with_column(field, at)
        return Generic(guess)
    if not options.layout:
        return recognise(sheet.headers, sheet.sample).layout
    known: dict[str, Layout] = {layout.name: layout for layout in (Generic(guess), *SYSTEMS)}
    if options.layout not in known:
        raise _Impossible(f"“{options.layout}” is no layout. Known are {', '.join(known)}.")
    layout = known[options.layout]
    if not layout.score(Columns(sheet.headers), sheet.sample):
        raise _Impossible(
            f"The file does not have the columns of “{layout.title}”; it has: {', '.join(sheet.headers)}. "
            "Leave --layout out, or say with --mapping which column is what."
        )
    return layout


def _columns(mapping: str, headers: Sequence[str]) -> dict[str, int]:
    """Read ``name=Bezeichnung,price=VK`` as fields and the places of their columns."""
    from omsdesk.channels.product_files.layouts.generic import FIELDS

    columns: dict[str, int] = {}
    for part in mapping.split(","):
        field, _, header = (piece.strip() for piece in part.partition("="))
        if field not in FIELDS:
            raise _Impossible(f"“{field}” is nothing a product has. A column can be: {', '.join(FIELDS)}.")
        if header not in headers:
            raise _Impossible(f"The file has no column “{header}”. Its columns: {', '.join(headers)}.")
        columns[field] = headers.index(header)
    return columns


def _tell(summary: Summary, *, is_rehearsal: bool) -> int:
    for line, sentence in summary.remarks[:_REMARKS_TOLD]:
        print(f"line {line}: {sentence}" if line else sentence)
    more = summary.remark_count - len(summary.remarks[:_REMARKS_TOLD])
    if more:
        print(f"… and {more:,} more remarks.")
    print(f"{'A rehearsal, nothing was changed: ' if is_rehearsal else ''}{summary.sentence}")
    if summary.error_file:
        print(f"The rows with problems are in {summary.error_file}: correct them there and import that file.")
    if summary.stopped:
        return FAILED
    return FOUND if summary.problem_count else FINE


# ------------------------------------------------------------------------------------- the database


def _verify(options: argparse.Namespace) -> int:
    from omsdesk.store.verify import verify

    path = options.file or _existing_database(options)
    return _report(path, verify(path, _show_progress))


def _report(path: Path, findings: Findings) -> int:
    for sentence in findings.sentences:
        print(sentence)
    if findings.aside:
        print(f"{path}: {findings.aside:,} entries from other stations are set aside. The page “Sync” tells why.")
    if findings.is_sound:
        print(f"{path}: {findings.entries:,} entries, every hash, table and sum is right.")
        return FINE
    print(_NEXT)
    return FOUND


def _rebuild(options: argparse.Namespace) -> int:
    from contextlib import closing

    from omsdesk.actions.clock import SystemClock
    from omsdesk.store.database import open_database
    from omsdesk.store.replay import CannotReplay, rebuild

    with closing(open_database(_existing_database(options), SystemClock().new_id)) as database:
        try:
            count = rebuild(database, _show_progress)
        except CannotReplay as error:
            print(f"{error} The tables were left as they were. Restore the latest backup with “omsdesk restore”.")
            return FOUND
    print(f"All tables were made anew from {count:,} entries.")
    return FINE


def _backup(options: argparse.Namespace) -> int:
    from omsdesk.actions.clock import SystemClock
    from omsdesk.store.backup import backup

    database, target = _existing_database(options), options.file
    if target.is_dir():
        target /= f"omsdesk-{SystemClock().now().day}.db"
    copy = backup(database, target, _show_progress)
    if copy.findings.is_sound:
        print(f"{copy.path}: {copy.findings.entries:,} entries, checked.")
        return FINE
    print(f"The database is damaged. Its copy is {copy.path}; an earlier backup was left as it was.")
    return _report(copy.path, copy.findings)


def _restore(options: argparse.Namespace) -> int:
    from omsdesk.private_files import private_folder
    from omsdesk.store.backup import restore

    settings = _settings(options)
    private_folder(settings.folder)
    restored = restore(options.file, settings.database_path, _show_progress)
    if not restored.findings.is_sound:
        print("The backup is damaged; nothing was changed.")
        return _report(options.file, restored.findings)
    if restored.kept:
        print(f"The database that was here is kept as {restored.kept}.")
    print(f"{options.file} is in its place. Receipts begin a new series (epoch {restored.epoch}).")
    return FINE


def _existing_database(options: argparse.Namespace) -> Path:
    path = _settings(options).database_path
    if not path.exists():
        raise _Impossible(f"There is no database at {path}. Name its folder with --folder.")
    return path


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and total:
        end = "\r" if done < total else "\r\033[K"
        print(f"{done * 100 // total} %", end=end, file=sys.stderr, flush=True)


# --------------------------------------------------------------------------------------- encryption


def _secret_of(options: argparse.Namespace, path: Path, name: str) -> bytes | None:
    from omsdesk.database_key import secret_of
    from omsdesk.settings import station_folder

    return secret_of(station_folder(options.folder), path, name)


def _encryption(options: argparse.Namespace) -> int:
    from omsdesk import database_key

    folder, path = _settings(options).folder, getattr(options, "file", None) or _existing_database(options)
    terminal = database_key.Terminal(_ask, has_person=sys.stdin.isatty())
    match options.role:
        case "encrypt":
            sentences = database_key.encrypt(path, folder, terminal, options.sheet)
        case "rekey":
            sentences = database_key.rekey(path, folder, terminal, options.sheet)
        case "recover":
            sentences = database_key.recover(path, folder, terminal)
        case _:
            sentences = database_key.decrypt(path)
    for sentence in sentences:
        print(sentence, flush=True)
    return FINE


def _ask(question: str) -> str:
    try:
        return input(question)
    except EOFError:
        raise _Impossible("Nothing more was typed. Nothing was changed.") from None


# ------------------------------------------------------------------------------------------- doctor


def _doctor(options: argparse.Namespace) -> int:
    from omsdesk.actions.clock import SystemClock
    from omsdesk.actions.doctor import Health, examine
    from omsdesk.settings import station_folder

    marks = {Health.FINE: "ok  ", Health.NOTE: "note", Health.BAD: "BAD "}
    is_well = True
    for finding in examine(station_folder(options.folder), SystemClock().now()):
        print(f"{marks[finding.health]}  {finding.subject:<12}{finding.sentence}", flush=True)
        is_well = is_well and finding.health is not Health.BAD
    return FINE if is_well else FOUND


# ------------------------------------------------------------------------------------------ service


def _server(options: argparse.Namespace) -> int:
    from omsdesk.server import serve
    from omsdesk.server.place import Place
    from omsdesk.settings import station_folder

    database = (
        options.database or os.environ.get("OMSDESK_DATABASE") or str(station_folder(options.folder) / "service.db")
    )
    tables = options.tables or station_folder(options.folder) / "service-tables"
    match options.task:
        case "new-business":
            print(serve.new_business(database, options.name, options.store))
        case "code":
            print(serve.new_code(database, options.business, options.store, options.till, options.device))
        case "devices":
            print(serve.devices(database, options.business))
        case "retire":
            print(serve.retire(database, options.business, options.device))
        case "tables":
            from omsdesk.server.following import follow

            follow(database, tables)
        case _:
            place = Place(options.host, options.port, options.certificate, options.key, options.proxies)
            serve.serve(database, place, tables=None if options.without_tables else tables)
    return FINE


if __name__ == "__main__":
    sys.exit(main())
