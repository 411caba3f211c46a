"""Tables of figures that wait to be saved, on the page of a Word file and on that of an Excel file."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from models_dv.vietnamese.numbers import format_number
from reports.domain.checks import FIGURES_PART
from reports.domain.filling import FigureEntry
from reports.forms.figures import Base, write_base
from reports.forms.imports import FigureChoices, read_figure_choices
from reports.importers.figure_offer import OfferedTable, bases_of, chosen_entries, offered_tables
from reports.models import ReportEdition
from reports.views.staff.base import why_locked
from reports.views.staff.imports import names_of, own_figures


@dataclass
class FigureSheet:
    """The tables as the page shows them; ``base`` is its hidden field, ``locked`` why nothing can be saved."""

    tables: list[OfferedTable]
    base: str
    locked: str
    choices: FigureChoices

    @property
    def entries(self) -> dict[int, FigureEntry]:
        """What is to be saved, by indicator id, on the base that the person saw."""
        if self.locked:
            return {}
        codes = {
            row.indicator.pk: row.indicator.code
            for table in self.tables
            for row in table.rows
            if row.indicator
        }
        return {
            pk: replace(entry, base_revision=self.choices.bases.get(codes[pk], Base()).revision)
            for pk, entry in chosen_entries(self.tables).items()
        }

    @property
    def errors(self) -> list[str]:
        """What is wrong with rows that were ticked; saying what an unreadable row tells of is no tick."""
        ticked = self.choices.ticked or frozenset()
        rows = (row for table in self.tables for row in table.rows if row.error and row.key in ticked)
        return [row.error for row in rows if row.entry is not None or not row.is_asked]

    @property
    def taken(self) -> int:
        """Rows that are to be saved."""
        return len(self.entries)

    @property
    def offered(self) -> int:
        """Rows with a number that differs, cannot be read, or fits no indicator."""
        return sum(len(table.rows) + len(table.unknown) for table in self.tables)

    @property
    def left(self) -> int:
        """Rows of these that are not taken."""
        return self.offered - self.taken

    @property
    def changed(self) -> int:
        """Rows that would change something."""
        return sum(row.can_be_chosen for table in self.tables for row in table.rows)


def figure_sheet(user, edition: ReportEdition, content: Mapping, data) -> tuple[FigureSheet, dict]:
    """The tables of a content with what was chosen on the page; and the content with new columns and indicators."""
    sent = read_figure_choices(data)
    grids = [
        {**grid, "column": sent.columns.get(str(place), grid["column"])}
        for place, grid in enumerate(content["grids"])
    ]
    codes = content["codes"] if sent.ticked is None else sent.codes
    fresh = {
        str(place)
        for place, (before, now) in enumerate(zip(content["grids"], grids, strict=True))
        if before["column"] != now["column"]
    }
    content = {**content, "grids": grids, "codes": codes}
    if not grids:
        return FigureSheet([], "", "", sent), content
    own = own_figures(edition)
    tables = offered_tables(grids, names_of(edition), own, codes=codes, ticked=sent.ticked, fresh=fresh)
    locked = why_locked(user, edition, FIGURES_PART)
    return FigureSheet(tables, write_base(bases_of(tables, own)), locked, sent), content


def figures_words(entries: Mapping) -> str:
    """“12 chỉ tiêu”."""
    return f"{format_number(len(entries))} chỉ tiêu"
