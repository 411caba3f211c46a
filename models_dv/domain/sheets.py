"""What a noun says of itself as a sheet of Excel: its columns, what makes two rows the same, how rows are saved.

A noun declares one ``SheetKind`` (``models_dv/importers/<noun>_sheet.py``) and registers it; template, reading,
preview, saving, error file and undo are the same for all.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Model

from models_dv.models import Unit, User

#: What stands in an empty cell.
EMPTY = ""


class CellError(ValueError):
    """A cell that cannot be taken: what is wrong, and the mend (“Nhập 12”), both in Vietnamese."""

    def __init__(self, message: str, mend: str = ""):
        super().__init__(message)
        self.message = message
        self.mend = mend


class Cell(Protocol):
    """How the cells of one column are read; ``choices`` are the words that may stand there (else none)."""

    choices: Sequence[str]

    def read(self, raw) -> Any:
        """A filled cell as Excel gives it → a JSON value. Raises CellError."""

    def load(self, stored) -> Any:
        """That JSON value → what the model stores."""


@dataclass(frozen=True)
class Column:
    """One column of a sheet; ``aliases`` are other headers under which it is found, accents or not.

    ``as_text``: the template keeps what is typed, with a 0 before it.
    """

    key: str
    header: str
    cell: Cell
    required: bool = False
    note: str = ""
    example: str | int | float | date = ""
    width: int = 18
    aliases: tuple[str, ...] = ()
    as_text: bool = False


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a row from being saved; ``column`` is the header, "" where it is the whole row."""

    column: str
    value: str
    message: str
    mend: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the sheet that may be saved: its number in Excel and the values by the keys of the columns."""

    number: int
    values: dict[str, Any]


#: Rows that were made, a model at a time, in the order in which they were made.
Created = dict[type[Model], list[int]]


#: Words → the id that they mean, or what is wrong with them.
LookUp = Callable[[Collection[str]], Mapping[str, "int | CellError"]]


class SaveRows(Protocol):
    """Save rows in the caller's transaction with a fixed number of queries."""

    def __call__(
        self, rows: Sequence[Row], *, unit: Unit, actor: User, note: Callable[[Row], str]
    ) -> Created:
        """``note`` says in words where a row came from; for the audit row of what is made from it."""


@dataclass(frozen=True)
class SheetKind:
    """A noun as a sheet. ``title`` names the noun in headings, ``noun`` in counts (“mô hình”)."""

    name: str
    title: str
    noun: str
    columns: tuple[Column, ...]
    #: What makes a row of a file for the unit the same as another, of the file or of the register; None: nothing.
    identity: Callable[[dict, Unit], Hashable | None]
    #: Which of the identities stand in the unit's register already, with words about it.
    known: Callable[[Collection[Hashable], Unit], dict[Hashable, str]]
    save: SaveRows
    #: Where the list of what is saved stands (name of the address), and its section of the menu.
    list_url: str
    nav: str
    #: What the cells of a row say together; problems of it.
    check: Callable[[dict], Iterable[Problem]] = lambda values: ()
    #: Words for the sheet of instructions, a paragraph each.
    instructions: tuple[str, ...] = ()
    #: Words in cells of a column (its key) that name rows of the database: all of a file are looked up together.
    lookups: Mapping[str, LookUp] = field(default_factory=dict)
    #: Columns, check and lookups for one unit and who brings the file, where they depend on these.
    fitted: Callable[[Unit, User], dict[str, Any]] | None = None

    def of(self, unit: Unit, actor: User) -> "SheetKind":
        """The kind as it is read for one unit; what the reader may see and say is his."""
        return replace(self, **self.fitted(unit, actor)) if self.fitted else self

    def load(self, stored: Sequence) -> dict[str, Any]:
        """The values of a row as they were kept (a JSON value a column), by key, as the model stores them."""
        return {
            column.key: None if value is None else column.cell.load(value)
            for column, value in zip(self.columns, stored, strict=True)
        }


@dataclass(frozen=True)
class ExportColumn:
    """One column of an export: its header, and what of a row stands in it.

    Numbers stay numbers and days stay days; all else is written as text, never as a formula.
    """

    header: str
    value: Callable[[Any], str | int | Decimal | date | None]
    width: int = 18


_kinds: dict[str, SheetKind] = {}


def register(kind: SheetKind) -> SheetKind:
    """Make the kind known under its name; its module is imported by the app's ``ready``."""
    if kind.name in _kinds:
        raise ValueError(f"two sheets named {kind.name}")
    _kinds[kind.name] = kind
    return kind


def sheet_kind(name: str) -> SheetKind | None:
    """The kind of that name; None when there is none."""
    return _kinds.get(name)


def sheet_kinds() -> list[SheetKind]:
    """Every kind, in the order in which they were registered."""
    return list(_kinds.values())
