"""What an import did or would do, and who looks on meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from omsdesk.actions.import_plan import Effect, Plan, PlannedRow
from omsdesk.channels.product_files.rows import RowProblem

_MOST_REMARKS = 200


class Remark(NamedTuple):
    """Something about a row that a person should know; line 0 is about the whole file."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: ``progress`` hears rows done, bytes read and bytes in all; ``is_cancelled`` is asked in between."""

    progress: Callable[[int, int, int], object] = lambda _rows, _read, _total: None
    is_cancelled: Callable[[], bool] = lambda: False


@dataclass(slots=True)
class Summary:
    """What an import did, or would do."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problem_count: int = 0
    """Rows that cannot be imported."""
    remark_count: int = 0
    remarks: list[Remark] = field(default_factory=list)
    """The first of them: values that were repaired or left out, barcodes that belong to others."""
    error_file: Path | None = None
    """The rows that cannot be imported or not in full, to be corrected and imported again."""
    stopped: str = ""
    """Why it ended before the end of the file, and what to do."""

    @property
    def row_count(self) -> int:
        """How many rows were done."""
        return self.new + self.changed + self.unchanged + self.problem_count

    @property
    def sentence(self) -> str:
        """The whole thing in words."""
        return self.in_words("{:,}".format)

    def in_words(self, write: Callable[[int], str]) -> str:
        """Say the whole thing with numbers as somebody writes them."""
        said = f"{write(self.new)} new products, {write(self.changed)} changed, {write(self.unchanged)} as they were."
        if self.problem_count:
            said += f" {write(self.problem_count)} {'row has' if self.problem_count == 1 else 'rows have'} problems."
        return f"{said} {self.stopped}".rstrip()

    def add(self, plan: Plan) -> None:
        """Count what a batch came to."""
        self.new += plan.count(Effect.NEW)
        self.changed += plan.count(Effect.CHANGED)
        self.unchanged += plan.count(Effect.UNCHANGED)
        for planned in plan.rows:
            for sentence in (*planned.row.warnings, *([planned.refused] if planned.refused else ())):
                self.remark(planned.row.line, sentence)

    def remark(self, line: int, sentence: str) -> None:
        """Note something; of very many only the first are kept."""
        self.remark_count += 1
        if len(self.remarks) < _MOST_REMARKS:
            self.remarks.append(Remark(line, sentence))


@dataclass(slots=True)
class Preview:
    """What an import would do: everything counted, and the first rows one by one."""

    summary: Summary = field(default_factory=Summary)
    unknown_taxes: list[str] = field(default_factory=list)
    """Words of the file for taxes that nobody knows."""
    unused: tuple[str, ...] = ()
    """The columns of the file that are not read."""
    rows: list[PlannedRow | RowProblem] = field(default_factory=list)
