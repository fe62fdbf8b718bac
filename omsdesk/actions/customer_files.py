"""Customers from a file and into one: who is known already is changed and not written down twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path

from omsdesk.actions.execute import Outcome
from omsdesk.channels.product_files import customers as customer_files
from omsdesk.channels.product_files.customers import CustomerRow
from omsdesk.channels.product_files.errors import ErrorFile, UnwritableFolder
from omsdesk.channels.product_files.layout import unused_words
from omsdesk.channels.product_files.reader import open_file
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import UnreadableFile
from omsdesk.domain.customer import Customer, CustomerGroup, SaveCustomer, SetTerms, tidied
from omsdesk.domain.messages import Command, Refusal
from omsdesk.store.engine import Connection
from omsdesk.store.queries import customer as queries

Submit = Callable[..., Outcome]
"""Carries commands out as one action, and waits for the outcome."""
_STRETCH = 500


@dataclass(slots=True)
class Result:
    """What an import did."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: int = 0
    error_file: Path | None = None

    @property
    def sentence(self) -> str:
        """The whole thing in words."""
        said = f"{self.new:,} new customers, {self.changed:,} changed, {self.unchanged:,} as they were."
        if not self.problems:
            return said
        rows = "row was" if self.problems == 1 else "rows were"
        where = f": see “{self.error_file.name}” beside the file" if self.error_file else ""
        return f"{said} {self.problems:,} {rows} left out{where}."


@dataclass(frozen=True, slots=True)
class Look:
    """What a file of customers holds, before anything of it is taken up."""

    path: Path
    rows: int
    problems: int
    """Rows that name nobody or cannot be read."""
    unused: tuple[str, ...]
    """The columns that are not read."""

    @property
    def sentence(self) -> str:
        """The whole thing in words."""
        bad = f" {self.problems:,} cannot be read." if self.problems else ""
        return f"“{self.path.name}” has {self.rows:,} customers.{bad} {unused_words(self.unused)}".rstrip()


def look_at(path: Path) -> Look | str:
    """Look into a file of customers, or say why nothing can be read; nothing is taken up."""
    try:
        sheet = open_file(path)
        problems = [isinstance(row, RowProblem) for row in customer_files.rows(sheet)]
    except UnreadableFile as error:
        return str(error)
    return Look(path, len(problems) - sum(problems), sum(problems), customer_files.unused_columns(sheet))


def import_customers(reader: Connection, submit: Submit, new_id: Callable[[], str], path: Path) -> Result | str:
    """Take up the customers of a file, one by one; gives what came of it, or why nothing can be read.

    Rows that cannot be taken up stand with line and reason in a file beside it, to be corrected and imported again.
    """
    result = Result()
    try:
        sheet = open_file(path)
        with ErrorFile(sheet) as errors:
            for row in customer_files.rows(sheet):
                problem = row if isinstance(row, RowProblem) else _take(reader, submit, new_id, row, result)
                if problem is not None:
                    result.problems += 1
                    errors.write(problem)
            result.error_file = errors.path
    except (UnreadableFile, UnwritableFolder) as error:
        return str(error)
    return result


def _take(
    reader: Connection, submit: Submit, new_id: Callable[[], str], row: CustomerRow, result: Result
) -> RowProblem | None:
    known = queries.alike(reader, replace(row.customer, id=" ")) or _namesakes(reader, row.customer)
    if len(known) > 1:
        names = " and ".join(customer.title for customer in known[:2])
        return RowProblem(row.line, f"It can mean {names}. Settle first who has which number.", row.values)
    by_name = {group.name.casefold(): group for group in queries.groups(reader).values() if group.is_active}
    strange = next((name for name in row.groups if name.casefold() not in by_name), "")
    if strange:
        return RowProblem(row.line, f"There is no group “{strange}”. Make it first.", row.values)
    before = known[0] if known else Customer(new_id())
    commands = _commands(before, row, by_name)
    outcome = submit(*commands) if commands else None
    if isinstance(outcome, Refusal):
        return RowProblem(row.line, outcome.sentence, row.values)
    if not known:
        result.new += 1
    elif outcome is not None:
        result.changed += 1
    else:
        result.unchanged += 1
    return None


def _namesakes(reader: Connection, customer: Customer) -> list[Customer]:
    """Find who is known by the same name and by nothing else, as whoever has nothing but a name in the file."""
    if customer.phone or customer.email or customer.card:
        return []
    found = (row.customer for row in queries.search(reader, customer.title))
    return [row for row in found if (row.title, row.phone, row.email, row.card) == (customer.title, "", "", "")][:1]


def _commands(before: Customer, row: CustomerRow, by_name: dict[str, CustomerGroup]) -> list[Command]:
    """Say what a row says; what it leaves empty stays as it is."""
    said = tidied(row.customer)
    named = {field.name: getattr(said, field.name) for field in fields(said) if getattr(said, field.name)}
    after = replace(before, **{name: value for name, value in named.items() if name != "id"})
    groups = tuple(dict.fromkeys((*before.groups, *(by_name[name.casefold()].id for name in row.groups))))
    first = [SaveCustomer(after)] if after != before else []
    return [*first, *([SetTerms(replace(after, groups=groups), ("groups",))] if groups != before.groups else [])]


def export_customers(reader: Connection, path: Path) -> int | str:
    """Write all customers who buy here into a file; gives how many, or why not."""
    known = queries.groups(reader)

    def rows() -> Iterator[tuple[Customer, list[str]]]:
        top = queries.last_no(reader)
        while top > 0:
            for listed in queries.listed(reader, top, _STRETCH):
                if listed.customer.is_active:
                    names = [known[id].name for id in listed.customer.groups if id in known]
                    yield listed.customer, names
            top -= _STRETCH

    try:
        return customer_files.write(path, rows())
    except OSError as error:
        return f"“{path.name}” cannot be written: {error.strerror}. Choose another folder."
