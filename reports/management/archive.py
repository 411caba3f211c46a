"""Loading the real archive: units with their later mergers, and press pieces as publications from a citation."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from models_dv import clock
from models_dv.domain.units import rebuild_paths
from models_dv.enums import PeriodKind, SigningForm, SuccessionKind, UnitLevel, UnitType
from models_dv.models import Period, Unit, UnitSuccession, UnitVersion
from reports.domain.citations import publish_citation
from reports.domain.publication_content import SectionChoice
from reports.management.archive_conferences import load_conferences
from reports.models import Citation, Publication, PublishedFigure

FILE = Path(__file__).resolve().parent.parent / "data" / "archive.toml"

BEFORE_2025 = {"issuer_name": "Ban Dân vận {committee}", "header_issuer": "Ban Dân vận"}
SINCE_2025 = {
    "issuer_name": "Ban Tuyên giáo và Dân vận {committee}",
    "header_issuer": "Ban Tuyên giáo và Dân vận",
}


@transaction.atomic
def load_archive() -> int:
    """Load what is not there yet; returns the number of publications made. A second call changes nothing."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    units = {row["code"]: _province(row, data) for row in data["provinces"]}
    for row in data["districts"]:
        units[row["code"]] = _district(row, units[row["parent"]], data)
    for row in data["provinces"]:
        for old in row.get("from", ()):
            UnitSuccession.objects.get_or_create(
                predecessor=units[old],
                successor=units[row["code"]],
                on=data["change_on"],
                defaults={"kind": SuccessionKind.MERGE, "legal_basis": data["merge_basis"]},
            )
    rebuild_paths()
    made = 0
    for piece in data["pieces"]:
        if not Publication.objects.filter(slug=piece["slug"]).exists():
            _publish(piece, units[piece["unit"]])
            made += 1
    load_conferences()
    return made


def _province(row, data) -> Unit:
    ended = data["change_on"] if row.get("ended") else None
    unit, created = Unit.objects.get_or_create(
        code=row["code"],
        defaults={
            "territory_code": row["territory_code"],
            "ended_on": ended,
            "end_basis": data["merge_basis"] if ended else "",
        },
    )
    if not created:
        return unit
    if "from" in row:
        _version(unit, row["place"], data["change_on"], data["merge_basis"], SINCE_2025, symbol="BTGDVTU")
        return unit
    _version(unit, row["place"], data["start_on"], data["start_basis"], BEFORE_2025, symbol="BDVTU")
    if row.get("unchanged"):
        _version(unit, row["place"], data["change_on"], data["body_basis"], SINCE_2025, symbol="BTGDVTU")
    return unit


def _district(row, parent: Unit, data) -> Unit:
    known = Unit.objects.filter(
        territory_code=row["territory_code"], illustrative=False, versions__level=UnitLevel.DISTRICT
    ).first()
    if known:
        return known
    unit = Unit.objects.create(
        code=row["code"],
        territory_code=row["territory_code"],
        ended_on=data["change_on"],
        end_basis=data["district_basis"],
    )
    start, basis = data["start_on"], data["start_basis"]
    town = row.get("town", False)
    _version(unit, row["place"], start, basis, BEFORE_2025, symbol="BDVHU", parent=parent, town=town)
    return unit


def _version(
    unit, place: str, start: date, basis: str, body: dict, *, symbol: str, parent=None, town=False
) -> None:
    is_district = parent is not None
    committee = ("Thị uỷ" if town else "Huyện uỷ") if is_district else "Tỉnh uỷ"
    kind = ("Thị xã" if town else "Huyện") if is_district else "Tỉnh"
    UnitVersion.objects.create(
        unit=unit,
        valid_from=start,
        name=f"{committee} {place}",
        short_name=f"{kind} {place}",
        place_name=place,
        type=(UnitType.TOWN if town else UnitType.DISTRICT) if is_district else UnitType.PROVINCE,
        level=UnitLevel.DISTRICT if is_district else UnitLevel.PROVINCE,
        parent=parent,
        issuer_name=body["issuer_name"].format(committee=committee),
        header_superior=f"{committee} {place}",
        header_issuer=body["header_issuer"],
        symbol=symbol,
        signing_form=SigningForm.HEAD,
        signing_authority="Trưởng ban",
        head_post="Trưởng ban",
        deputy_post="Phó Trưởng ban",
        legal_basis=basis,
    )


def period_for(kind: str, year: int) -> Period:
    """The period, made with the usual window when it is not there (domain.md §2)."""
    windows = {
        PeriodKind.HALF_YEAR: (date(year - 1, 12, 15), date(year, 6, 14)),
        PeriodKind.ANNUAL: (date(year - 1, 12, 15), date(year, 12, 14)),
    }
    start, end = windows[kind]
    period, _created = Period.objects.get_or_create(
        kind=kind, year=year, number=1, defaults={"window_from": start, "window_to": end}
    )
    return period


def _publish(piece, unit: Unit) -> None:
    period = period_for(piece["period"]["kind"], piece["period"]["year"])
    citation = Citation.objects.create(
        outlet=piece.get("outlet", ""),
        byline=piece.get("byline", ""),
        published_on=piece.get("published_on"),
        inferred=piece["inferred"],
        note=piece["note"],
    )
    publish_citation(
        unit=unit,
        unit_version=unit.version_on(period.window_to),
        period=period,
        slug=piece["slug"],
        citation=citation,
        title=piece["title"],
        lead=piece["lead"],
        sections=[SectionChoice("", s["title"], s["text"].strip()) for s in piece["sections"]],
        figures=[
            PublishedFigure(
                code=figure["code"],
                name=figure["name"],
                unit_name=figure["unit"],
                value=Decimal(figure["value"]),
                qualifier=figure.get("qualifier", ""),
                is_key=figure.get("is_key", True),
            )
            for figure in piece.get("figures", ())
        ],
        published_at=clock.now(),
    )
