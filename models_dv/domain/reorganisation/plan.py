"""The plan of a reorganisation as it is kept: what comes of which units; JSON in, JSON out."""

from dataclasses import asdict, dataclass, field
from typing import Any

from models_dv.domain.reorganisation.listing import Extent

#: What a person edits of a result; the first three must be there.
NAMES = ("name", "short_name", "place_name", "issuer_name", "header_superior", "header_issuer")
#: Said of a change that takes one unit alone, and all of it.
ONE_UNIT = "Chỉ có một đơn vị, lấy toàn bộ: giữ đơn vị đó, đổi tên hoặc loại."


@dataclass
class Source:
    """A unit that goes into a result. ``problem`` says why ``unit`` is not known; ``choices`` may be it."""

    words: str
    unit: int | None = None
    extent: str = Extent.WHOLE
    problem: str = ""
    choices: list[int] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Whether unit and extent are known."""
        return self.unit is not None and self.extent != Extent.UNCLEAR


@dataclass
class Result:
    """What comes of the sources: the unit that goes on (``unit``), or a new one with ``code``.

    ``keeps_name``: it goes on under the name it has, whatever ``words`` called it. ``parent`` None with
    ``is_root`` stands at the top. The names of NAMES are those from the day on.
    """

    words: str
    unit: int | None = None
    is_new: bool = True
    keeps_name: bool = False
    problem: str = ""
    choices: list[int] = field(default_factory=list)
    code: str = ""
    territory_code: str = ""
    type: str = ""
    level: str = ""
    parent: int | None = None
    is_root: bool = False
    name: str = ""
    short_name: str = ""
    place_name: str = ""
    issuer_name: str = ""
    header_superior: str = ""
    header_issuer: str = ""


@dataclass
class Change:
    """One result and its sources. ``doubt``: what a person has to look at and confirm."""

    result: Result
    sources: list[Source] = field(default_factory=list)
    label: str = ""
    text: str = ""
    note: str = ""
    doubt: str = ""

    @property
    def others(self) -> list[Source]:
        """The sources besides the unit that goes on."""
        kept = self.result.unit
        return [source for source in self.sources if source.unit is None or source.unit != kept]


@dataclass
class Plan:
    """Everything that happens on the day.

    ``ends``: units of which only parts are taken, and whether they end. ``heirs``: units below a unit that
    is divided, and the number of the change whose result they go under. ``unread``: sentences nobody has
    dealt with: (clause, text).
    """

    changes: list[Change] = field(default_factory=list)
    ends: dict[int, bool] = field(default_factory=dict)
    heirs: dict[int, int] = field(default_factory=dict)
    unread: list[list[str]] = field(default_factory=list)
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Plan":
        """What is stored; keys of JSON are texts."""
        changes = [
            Change(Result(**row.pop("result")), [Source(**source) for source in row.pop("sources")], **row)
            for row in (dict(row) for row in stored.get("changes", []))
        ]
        return cls(
            changes,
            {int(unit): bool(ends) for unit, ends in stored.get("ends", {}).items()},
            {int(unit): int(number) for unit, number in stored.get("heirs", {}).items()},
            [list(pair) for pair in stored.get("unread", [])],
            stored.get("note", ""),
        )

    # --- what happens to each unit -----------------------------------------------------------------

    def kept(self) -> set[int]:
        """Units that go on under their identity as the result of a change."""
        return {change.result.unit for change in self.changes if change.result.unit is not None}

    def extents(self) -> dict[int, list[str]]:
        """{unit: the extents in which it is taken}, without the units that go on."""
        found: dict[int, list[str]] = {}
        for change in self.changes:
            for source in change.others:
                if source.unit is not None:
                    found.setdefault(source.unit, []).append(source.extent)
        return found

    def taken_in_parts(self) -> set[int]:
        """Units of which parts are taken and no clause says what becomes of the rest."""
        kept = self.kept()
        return {
            unit
            for unit, extents in self.extents().items()
            if unit not in kept and all(extent == Extent.PART for extent in extents)
        }

    def ended(self) -> set[int]:
        """Units that end on the day."""
        kept, parts = self.kept(), self.taken_in_parts()
        return {
            unit
            for unit in self.extents()
            if unit not in kept and (unit not in parts or self.ends.get(unit, False))
        }
