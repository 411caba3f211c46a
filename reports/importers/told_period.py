"""Which period a file says it tells of: the heading of a sheet of figures, the subject of a report."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from models_dv.enums import PeriodKind
from models_dv.models import Period
from models_dv.vietnamese.fold import fold

#: What comes after these in a subject is of the time to come.
_TO_COME = re.compile(r"\b(?:phuong huong|nhiem vu|ke hoach|chuong trinh)\b")
_DAY = re.compile(r"\bngay [\d.…_ ]+ ?thang [\d.…_ ]+ ?nam [\d.…_ ]*|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_YEAR = re.compile(r"\bnam ((?:19|20)\d\d)\b")
_OF_YEAR = r"(?: (dau|cuoi))?(?:,? nam)?(?:[ ,]+((?:19|20)\d\d))?\b"
_PARTS = (
    (PeriodKind.HALF_YEAR, re.compile(rf"\b(?:0?6|sau)() thang{_OF_YEAR}")),
    (PeriodKind.NINE_MONTHS, re.compile(rf"\b(?:0?9|chin)() thang{_OF_YEAR}")),
    (PeriodKind.QUARTER, re.compile(rf"\bquy ([1-4]|iv|i{{1,3}})\b{_OF_YEAR}")),
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
#: Kinds that the words of a file tell apart.
_KNOWN = {PeriodKind.ANNUAL, *(kind for kind, _pattern in _PARTS)}


@dataclass(frozen=True)
class Told:
    """A period as words name it; ``number`` and ``year`` 0 where they do not say."""

    kind: str
    number: int = 0
    year: int = 0

    def fits(self, period) -> bool:
        """Whether the period may be meant."""
        is_kind = self.kind == period.kind and self.number in (0, period.number)
        return (is_kind or period.kind not in _KNOWN) and self.year in (0, period.year)

    @property
    def words(self) -> str:
        """“6 tháng đầu năm 2026”, “9 tháng”."""
        if not self.number or not self.year:
            year = f" năm {self.year}" if self.year else ""
            names = {PeriodKind.ANNUAL: "cả năm" if not self.year else ""}
            return f"{names.get(self.kind, PeriodKind(self.kind).label.lower())}{year}".strip()
        return Period(kind=self.kind, year=self.year, number=self.number).label


def other_period(texts: Sequence[str], period) -> str:
    """The period that the words name where it is not ``period``; "" where it is, or where they name none."""
    text = _DAY.sub(" ", fold(" ".join(texts)))
    subject = _TO_COME.split(text)[0]
    told = _told_in(subject)
    if not any(one.year for one in told) and (years := re.findall(r"\b(?:19|20)\d\d\b", text)):
        told = [Told(one.kind, one.number, int(years[0])) for one in told] or _told_in(text)
    if not told or any(one.fits(period) for one in told):
        return ""
    return ", ".join(dict.fromkeys(one.words for one in told))


def wrong_period(texts: Sequence[str], period) -> str:
    """The sentence for the person, "" where nothing contradicts."""
    if other := other_period(texts, period):
        return f"Tệp ghi {other}, báo cáo này là {period.label}. Kiểm tra lại tệp."
    return ""


def _told_in(text: str) -> list[Told]:
    found = []
    for kind, pattern in _PARTS:
        for number, half, year in pattern.findall(text):
            place = _QUARTERS.get(number) or int(number or 0)
            if kind == PeriodKind.HALF_YEAR:
                place = {"dau": 1, "cuoi": 2}.get(half, 0)
            elif kind == PeriodKind.NINE_MONTHS:
                place = 1
            found.append(Told(kind, place, int(year or 0)))
        text = pattern.sub(" ", text)
    return found + [Told(PeriodKind.ANNUAL, 1, int(year)) for year in _YEAR.findall(text)]
