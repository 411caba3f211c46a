"""Reading the tables of facts (models_dv/data/catalogue; SOURCE.md there says where they come from)."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent.parent / "data" / "catalogue"


@dataclass(frozen=True)
class Territory:
    """A territory: official code, name without its type, type as in the tables, code of the one above."""

    code: str
    name: str
    type: str
    above: str = ""
    resolution: str = ""


@dataclass(frozen=True)
class Change:
    """What a territory that stayed was called before the day on which a resolution took effect."""

    name_before: str
    type_before: str
    resolution: str
    on: date


@dataclass(frozen=True)
class Edge:
    """An old territory went into a new one, with all or a part of it."""

    old: str
    new: str
    is_whole: bool


@dataclass
class Catalogue:
    """The tables, each by code; ``changes`` are in order of their days."""

    provinces: dict[str, Territory]
    communes: dict[str, Territory]
    provinces_before: dict[str, Territory]
    districts_before: dict[str, Territory]
    communes_before: dict[str, Territory]
    edges: list[Edge]
    province_edges: list[Edge]
    changes: dict[str, list[Change]] = field(default_factory=dict)
    #: Number of a resolution → (day of issue, day of effect).
    resolutions: dict[str, tuple[date, date]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """Rows of each table of territories, and of the edges between communes."""
        tables = ("provinces", "communes", "provinces_before", "districts_before", "communes_before", "edges")
        return {name: len(getattr(self, name)) for name in tables}


def read_catalogue(folder: Path = FOLDER) -> Catalogue:
    """Read the tables from their folder."""
    resolutions = {
        row["number"]: (date.fromisoformat(row["issued_on"]), date.fromisoformat(row["in_force_on"]))
        for row in _rows(folder, "resolutions")
    }
    return Catalogue(
        provinces=_territories(folder, "provinces"),
        communes=_territories(folder, "communes", above="province"),
        provinces_before=_territories(folder, "provinces_before"),
        districts_before=_territories(folder, "districts_before", above="province"),
        communes_before=_territories(folder, "communes_before", above="district"),
        edges=[Edge(row["old"], row["new"], row["extent"] == "whole") for row in _rows(folder, "edges")],
        province_edges=[Edge(row["old"], row["new"], True) for row in _rows(folder, "province_edges")],
        changes=_changes(folder, resolutions),
        resolutions=resolutions,
    )


def gaps(catalogue: Catalogue) -> list[str]:
    """Codes that point nowhere, and territories without predecessor or successor; empty when all is closed."""
    found = []
    for table, above in (
        (catalogue.communes, catalogue.provinces),
        (catalogue.districts_before, catalogue.provinces_before),
        (catalogue.communes_before, catalogue.districts_before),
    ):
        found += [
            f"{row.code}: không có địa bàn cấp trên {row.above}"
            for row in table.values()
            if row.above not in above
        ]
    before = {**catalogue.communes_before, **catalogue.districts_before}
    found += _loose_ends(catalogue.edges, before, catalogue.communes_before, catalogue.communes)
    found += _loose_ends(
        catalogue.province_edges, catalogue.provinces_before, catalogue.provinces_before, catalogue.provinces
    )
    numbers = {row.resolution for row in (*catalogue.communes.values(), *catalogue.provinces.values())} - {""}
    found += [
        f"{number}: không có ngày của nghị quyết" for number in sorted(numbers - set(catalogue.resolutions))
    ]
    return found


def _loose_ends(edges: list[Edge], known_old, every_old, every_new) -> list[str]:
    olds, news = {edge.old for edge in edges}, {edge.new for edge in edges}
    return [
        *(f"{code}: không có trong danh mục cũ" for code in sorted(olds - set(known_old))),
        *(f"{code}: không có trong danh mục mới" for code in sorted(news - set(every_new))),
        *(f"{code}: không có địa bàn kế thừa" for code in sorted(set(every_old) - olds)),
        *(f"{code}: không có địa bàn tiền thân" for code in sorted(set(every_new) - news)),
    ]


def _rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _territories(folder: Path, name: str, above: str = "") -> dict[str, Territory]:
    return {
        row["code"]: Territory(
            row["code"], row["name"], row["type"], row[above] if above else "", row.get("resolution", "")
        )
        for row in _rows(folder, name)
    }


def _changes(folder: Path, resolutions) -> dict[str, list[Change]]:
    changes = defaultdict(list)
    for row in _rows(folder, "changes"):
        on = resolutions[row["resolution"]][1]
        changes[row["code"]].append(Change(row["name_before"], row["type_before"], row["resolution"], on))
    return {code: sorted(rows, key=lambda change: change.on) for code, rows in changes.items()}
