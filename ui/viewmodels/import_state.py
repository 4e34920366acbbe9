"""What the import window shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.errors import N_
from ui.viewmodels.import_choices import ChoiceLine

FILE, TABLE, COLUMNS, NAMES, CHECK = range(1, 6)
STEPS: tuple[tuple[int, str], ...] = (
    (FILE, N_("File")),
    (TABLE, N_("Table")),
    (COLUMNS, N_("Columns")),
    (NAMES, N_("Match names")),
    (CHECK, N_("Check and import")),
)
FORMATS: tuple[tuple[str, str], ...] = (
    ("1234", N_("1234, whole")),
    ("1,234.5", N_("1,234.5")),
    ("1.234,5", N_("1.234,5")),
    ("1234.5", N_("1234.5")),
)
"""Number formats of a column: code and words."""
MARK_KINDS: tuple[tuple[str, str], ...] = (
    ("not_available", N_("missing")),
    ("zero", N_("zero")),
    ("confidential", N_("hidden")),
    ("not_applicable", N_("not applicable")),
)
"""What a cell without a number can mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLine:
    """A sheet to choose; ``hidden`` when the spreadsheet hides it."""

    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLine:
    """A column of the file.

    Attributes:
        name: its header.
        role: key of what it is taken for.
        sure: how sure that is, in words.
        form: number format; empty for text or while it is open.
        has_numbers: True shows the picker of formats.
        samples: pairs of "file says" and "we read".
        question: what must be decided; empty when nothing.
        fixed: True when its role cannot be changed (personal data).
    """

    name: str
    role: str
    sure: str = ""
    form: str = ""
    has_numbers: bool = False
    samples: tuple[tuple[str, str], ...] = ()
    question: str = ""
    fixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkLine:
    """A mark without a number, how often it occurs, and what it means."""

    text: str
    count: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """What a person must decide.

    Attributes:
        code: kind of the question.
        column: header of the column it is about; empty for the file.
        text: the sentence.
        choices: answers to pick from; empty when the answer is given in the column itself.
    """

    code: str
    text: str
    column: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameLine:
    """A name nobody knows yet, or one that was decided at an earlier import.

    Attributes:
        role, column, text, count: what and where.
        guesses: pairs of code and words, the likeliest first.
        scores: likeness of the first guesses, 0 to 100; further codes have none.
        learned: the code decided before; empty when the name is new.
    """

    role: str
    column: str
    text: str
    count: int
    guesses: tuple[tuple[str, str], ...] = ()
    scores: tuple[int, ...] = ()
    learned: str = ""

    @property
    def best(self) -> int:
        """Likeness of the first guess; 0 without one."""
        return self.scores[0] if self.scores else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A line of the summary; ``depth`` 1 for parts of a sum."""

    text: str
    count: int
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the import would do.

    Attributes:
        rows, cells: the two sums that close.
        first: the first values: place, cut, value.
        total: values that would be stored.
        remarks, left_out: sentences.
        source: name of the source it is compared with; empty when it holds nothing yet.
        differences: new, changed, same and missing values against the source.
        changes: the largest changes: what, before, now.
        problem: why it cannot be done; empty when it can.
    """

    rows: tuple[ReportLine, ...] = ()
    cells: tuple[ReportLine, ...] = ()
    first: tuple[tuple[str, str, str], ...] = ()
    total: int = 0
    rows_in: int = 0
    rows_left: int = 0
    remarks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    source: str = ""
    differences: tuple[ReportLine, ...] = ()
    changes: tuple[tuple[str, str, str], ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportState:
    """What the window renders.

    Attributes:
        stage: ``reading``, ``ready``, ``importing``, ``done`` or ``failed``.
        step: number of the step, 1 to 5.
        file, about, size: the file in words.
        sheets, sheet: sheets and the chosen one.
        first_rows: first rows of the sheet as text.
        header_row, header_rows, footer_rows: where the table stands.
        columns, marks, questions, names: what the steps show.
        needs: ``variable`` and ``area`` when no column names them.
        constants: what was said for the whole file, by role.
        targets: by role, codes and words that can be said.
        personal: headers of columns that look personal.
        oddities: remarks on the file.
        dataset: code of the source it becomes.
        datasets: sources there are.
        known: sentence about the earlier import whose mapping is used; empty without.
        offered: the mapping of that import is offered, and nobody said yes or no yet.
        choices: questions answered by picking, those answered too.
        trial: what the import would do; None while unknown.
        rows, cells, remarks, left_out: what the import did.
        done, total: progress.
    """

    stage: str = "reading"
    step: int = FILE
    file: str = ""
    about: str = ""
    size: str = ""
    sheets: tuple[SheetLine, ...] = ()
    sheet: str = ""
    first_rows: tuple[tuple[str, ...], ...] = ()
    header_row: int = 0
    header_rows: int = 1
    footer_rows: int = 0
    columns: tuple[ColumnLine, ...] = ()
    marks: tuple[MarkLine, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    names: tuple[NameLine, ...] = ()
    needs: tuple[str, ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    targets: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    personal: tuple[str, ...] = ()
    oddities: tuple[str, ...] = ()
    dataset: str = ""
    datasets: tuple[str, ...] = ()
    known: str = ""
    offered: bool = False
    choices: tuple[ChoiceLine, ...] = ()
    trial: Trial | None = None
    rows: tuple[ReportLine, ...] = ()
    cells: tuple[ReportLine, ...] = ()
    remarks: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    done: int = 0
    total: int = -1

    @property
    def may_go_on(self) -> bool:
        """Whether the step in view leaves nothing open."""
        if self.stage != "ready":
            return False
        if self.step <= TABLE:
            return bool(self.columns) and not any(
                line.on_file and not line.chosen for line in self.choices
            )
        if self.step == COLUMNS:
            return not self.questions
        if self.step == CHECK:
            return not self.questions and (self.trial is not None and not self.trial.problem)
        return True

    @property
    def imports(self) -> int:
        """Rows that would be imported."""
        return 0 if self.trial is None else self.trial.rows_in
