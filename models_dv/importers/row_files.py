"""The checked rows of an upload, kept compactly: one compressed file in the private storage, a line a row.

A line is a mark (✓ as “V”, an error “E”, a duplicate “D”), a space, and JSON: the number in Excel, the values in
the order of the kind's columns, the problems. The mark is read without the JSON, so a page of 50 rows out of
10,000 costs 50 rows.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from io import TextIOWrapper

from django.core.files.base import ContentFile

from models_dv.domain.sheets import Problem
from models_dv.models.files import private_files, random_name

VALID, ERROR, DUPLICATE = "V", "E", "D"
FOLDER = "nhap-excel"
#: Levels above cost more time than they save room.
COMPRESSION = 1


@dataclass
class CheckedRow:
    """A row as it was checked; ``values`` hold None where a cell is empty or wrong."""

    number: int
    values: list
    problems: list[Problem]
    mark: str = VALID

    def line(self) -> str:
        """The row as it is kept."""
        problems = [astuple(problem) for problem in self.problems]
        return f"{self.mark} {json.dumps([self.number, self.values, problems], ensure_ascii=False)}\n"


def read_line(line: str) -> CheckedRow:
    """The row that a line keeps."""
    number, values, problems = json.loads(line[2:])
    return CheckedRow(number, values, [Problem(*problem) for problem in problems], line[0])


def keep(lines: Iterable[str]) -> str:
    """Write the lines into a new file; its name in the private storage."""
    content = gzip.compress("".join(lines).encode(), COMPRESSION, mtime=0)
    return private_files().save(random_name(FOLDER, ".rows.gz"), ContentFile(content))


def forget(name: str) -> None:
    """Remove a file of rows."""
    if name:
        private_files().delete(name)


def rows(name: str, marks: str = VALID + ERROR + DUPLICATE) -> Iterator[CheckedRow]:
    """The rows that bear one of the marks, in their order."""
    for line in _lines(name, marks):
        yield read_line(line)


def page(name: str, marks: str, first: int, count: int) -> list[CheckedRow]:
    """Rows number ``first`` (from 0) and the ``count - 1`` after it, among those with one of the marks."""
    found = []
    for place, line in enumerate(_lines(name, marks)):
        if place >= first + count:
            break
        if place >= first:
            found.append(read_line(line))
    return found


def _lines(name: str, marks: str) -> Iterator[str]:
    with (
        private_files().open(name, "rb") as kept,
        gzip.open(kept) as unpacked,
        TextIOWrapper(unpacked, encoding="utf-8") as text,
    ):
        for line in text:
            if line[0] in marks:
                yield line
