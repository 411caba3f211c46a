"""A cut of the national tables: two provinces that become one, one that stays, a district that is an island."""

import csv
from datetime import date
from pathlib import Path

from models_dv.importers.catalogue.tables import Catalogue, Change, Edge, Territory

MERGER = "202/2025/QH15"
COMMUNES = "1666/NQ-UBTVQH15"
CITY = "36/2026/QH16"
CITY_ON = date(2026, 9, 1)


def small_catalogue() -> Catalogue:
    """Fresh tables, to be changed by the test as it likes.

    Communes: A and B go into the ward Tân Lập, of C a part too; the rest of C alone is Vĩnh Hoà; D stays under
    another name, E as it was.
    """
    return Catalogue(
        provinces_before=_by_code(
            Territory("22", "Quảng Ninh", "tinh"),
            Territory("33", "Hưng Yên", "tinh"),
            Territory("34", "Thái Bình", "tinh"),
        ),
        provinces=_by_code(
            Territory("22", "Quảng Ninh", "thanh-pho"), Territory("33", "Hưng Yên", "tinh", resolution=MERGER)
        ),
        districts_before=_by_code(
            Territory("193", "Hạ Long", "thanh-pho", "22"),
            Territory("199", "Đảo Xa", "huyen", "22"),
            Territory("330", "Khoái Châu", "huyen", "33"),
            Territory("344", "Kiến Xương", "huyen", "34"),
        ),
        communes_before=_by_code(
            Territory("10001", "A", "xa", "330"),
            Territory("10002", "B", "thi-tran", "330"),
            Territory("10003", "C", "xa", "344"),
            Territory("10004", "D", "xa", "344"),
            Territory("10005", "4", "phuong", "193"),
        ),
        communes=_by_code(
            Territory("10002", "Tân Lập", "phuong", "33", COMMUNES),
            Territory("10003", "Vĩnh Hoà", "xa", "33", COMMUNES),
            Territory("10004", "Đ mới", "xa", "33", COMMUNES),
            Territory("10005", "4", "phuong", "22", COMMUNES),
            Territory("19999", "Đảo Xa", "dac-khu", "22", COMMUNES),
        ),
        edges=[
            Edge("10001", "10002", True),
            Edge("10002", "10002", True),
            Edge("10003", "10002", False),
            Edge("10003", "10003", False),
            Edge("10004", "10004", True),
            Edge("10005", "10005", True),
            Edge("199", "19999", True),
        ],
        province_edges=[Edge("22", "22", True), Edge("33", "33", True), Edge("34", "33", True)],
        changes={"22": [Change("Quảng Ninh", "tinh", CITY, CITY_ON)]},
        resolutions={
            MERGER: (date(2025, 6, 12), date(2025, 7, 1)),
            COMMUNES: (date(2025, 6, 16), date(2025, 7, 1)),
            CITY: (date(2026, 8, 24), CITY_ON),
        },
    )


def write_tables(catalogue: Catalogue, folder: Path) -> None:
    """Write the tables as the files that the command reads."""
    provinces = [(row.code, row.name, row.type, row.resolution) for row in catalogue.provinces.values()]
    communes = [(c.code, c.above, c.name, c.type, c.resolution) for c in catalogue.communes.values()]
    changes = [
        (code, change.name_before, change.type_before, change.resolution)
        for code, rows in catalogue.changes.items()
        for change in rows
    ]
    files = {
        "provinces": ("code,name,type,resolution", provinces),
        "communes": ("code,province,name,type,resolution", communes),
        "provinces_before": ("code,name,type", [row[:3] for row in _rows(catalogue.provinces_before)]),
        "districts_before": ("code,name,type,province", _rows(catalogue.districts_before)),
        "communes_before": ("code,name,type,district", _rows(catalogue.communes_before)),
        "edges": (
            "old,new,extent",
            [(e.old, e.new, "whole" if e.is_whole else "part") for e in catalogue.edges],
        ),
        "province_edges": ("old,new", [(edge.old, edge.new) for edge in catalogue.province_edges]),
        "changes": ("code,name_before,type_before,resolution", changes),
        "resolutions": (
            "number,issued_on,in_force_on",
            [(number, *days) for number, days in catalogue.resolutions.items()],
        ),
    }
    for name, (heading, rows) in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([heading.split(","), *rows])


def _rows(table: dict[str, Territory]) -> list[tuple]:
    return [(row.code, row.name, row.type, row.above) for row in table.values()]


def _by_code(*territories: Territory) -> dict[str, Territory]:
    return {territory.code: territory for territory in territories}
