"""Published things for tests of the public pages: units with names through time, citations, reports with versions."""

from datetime import date, datetime
from decimal import Decimal

from models_dv.domain.units import rebuild_paths
from models_dv.enums import PeriodKind, SigningForm, SuccessionKind, UnitLevel, UnitType
from models_dv.models import Period, Unit, UnitSuccession, UnitVersion
from reports.domain import publishing
from reports.domain.citations import publish_citation
from reports.domain.publication_content import FigureChoice, SectionChoice
from reports.enums import PublicationAction
from reports.models import Citation, Publication, PublicationVersion, PublishedFigure
from tests.factories.world import TZ, World

TYPES = {
    UnitLevel.PROVINCE: UnitType.PROVINCE,
    UnitLevel.DISTRICT: UnitType.DISTRICT,
    UnitLevel.COMMUNE: UnitType.COMMUNE,
}
MERGED_ON = date(2025, 7, 1)


def make_unit(
    code: str, place: str, *, level=UnitLevel.PROVINCE, parent=None, ended_on=None, **options
) -> Unit:
    """A real unit with one name; “Tỉnh uỷ …”, “Huyện uỷ …”, “Đảng uỷ xã …” by its level."""
    unit = Unit.objects.create(code=code, ended_on=ended_on, **options)
    name_unit(unit, place, level=level, parent=parent)
    return unit


def name_unit(
    unit: Unit, place: str, *, level=UnitLevel.PROVINCE, parent=None, valid_from=date(2000, 1, 1), **words
):
    """One more version of the unit."""
    body = {"province": "Tỉnh uỷ", "district": "Huyện uỷ", "commune": "Đảng uỷ xã"}[level]
    values = {
        "name": f"{body} {place}",
        "short_name": place,
        "place_name": place,
        "issuer_name": f"Ban Dân vận {body}",
    }
    version = UnitVersion.objects.create(
        unit=unit,
        valid_from=valid_from,
        type=TYPES[level],
        level=level,
        parent=parent,
        header_issuer="BAN DÂN VẬN",
        signing_form=SigningForm.HEAD,
        signing_authority="Trưởng ban",
        head_post="Trưởng ban",
        deputy_post="Phó Trưởng ban",
        **{**values, **words},
    )
    rebuild_paths()
    return version


def merge(*old: Unit, into: Unit, on: date = MERGED_ON) -> None:
    """The old units go whole into the new one, and end."""
    for unit in old:
        UnitSuccession.objects.create(
            predecessor=unit,
            successor=into,
            kind=SuccessionKind.MERGE,
            on=on,
            legal_basis="Nghị quyết số 202",
        )
        unit.ended_on = on
        unit.save()
    rebuild_paths()


def make_period(year: int, kind=PeriodKind.ANNUAL) -> Period:
    """The period of a year, or its first half."""
    last_day = date(year, 12, 14) if kind == PeriodKind.ANNUAL else date(year, 6, 14)
    period, _created = Period.objects.get_or_create(
        kind=kind,
        year=year,
        number=1,
        defaults={"window_from": date(year - 1, 12, 15), "window_to": last_day},
    )
    return period


def figure(code="K0", name="Mô hình “Dân vận khéo”", value=1743, **options) -> PublishedFigure:
    """An unsaved figure; ``options``: unit_name, qualifier, same_period_value, is_key, note."""
    options = {"unit_name": "mô hình", **options}
    if options.get("same_period_value") is not None:
        options["same_period_value"] = Decimal(str(options["same_period_value"]))
    number = None if value is None else Decimal(str(value))
    return PublishedFigure(code=code, name=name, value=number, **options)


def cite(unit: Unit, year: int = 2023, **options) -> Publication:
    """A published citation. ``options``: kind, slug, title, lead, sections (title → text), figures, source."""
    period = make_period(year, options.pop("kind", PeriodKind.ANNUAL))
    sections = options.pop("sections", {"Kết quả nổi bật": "Toàn tỉnh có nhiều mô hình."})
    source = {"outlet": "Baohatinh.vn", **options.pop("source", {})}
    return publish_citation(
        unit=unit,
        unit_version=unit.version_on(period.window_to),
        period=period,
        slug=options.pop("slug", f"{unit.code}-{year}"),
        citation=Citation.objects.create(**source),
        title=options.pop("title", f"Công tác dân vận năm {year}"),
        lead=options.pop("lead", "Lời dẫn của báo cáo."),
        sections=[SectionChoice("", title, text) for title, text in sections.items()],
        figures=options.pop("figures", []),
        published_at=options.pop("published_at", datetime(2026, 3, 5, 9, tzinfo=TZ)),
        **options,
    )


def write(world: World, version: PublicationVersion, **words) -> PublicationVersion:
    """Fill a draft of the province's publication. ``words``: title, lead, correction_note."""
    values = {
        "title": "Kết quả công tác dân vận 6 tháng đầu năm 2026",
        "lead": "Lời dẫn của tỉnh An Bình.",
        "correction_note": "Sửa số lớp bồi dưỡng." if version.number > 1 else "",
    }
    return publishing.save_version(
        version,
        sections=[SectionChoice("S2.1", "Cấp uỷ lãnh đạo", "Lời công khai của phần.")],
        figures=[FigureChoice("K4", is_key=True), FigureChoice("A1")],
        base_revision=version.revision,
        actor=world.publisher,
        **{**values, **words},
    )


def step(world: World, version: PublicationVersion, action: PublicationAction, actor=None, note="") -> None:
    """One step of a version, read fresh."""
    version.refresh_from_db()
    publishing.step(version, action, actor=actor or world.publisher, key=world.key(), note=note)
    version.refresh_from_db()


def publish(world: World, **words) -> PublicationVersion:
    """The province's issued report of the world, published by two people (or its correction, by the same)."""
    publication = Publication.objects.filter(report=world.report(world.province)).first()
    if publication and publication.current and publication.current.state == "published":
        version = publishing.start_correction(publication, actor=world.publisher)
    else:
        version = publishing.start(world.report(world.province), actor=world.publisher)
    version = write(world, version, **words)
    step(world, version, PublicationAction.ASK)
    step(world, version, PublicationAction.PUBLISH, actor=world.second_publisher)
    return version


def withdraw(world: World, version: PublicationVersion, reason="Sai sót") -> None:
    """Take the version down."""
    step(world, version, PublicationAction.WITHDRAW, note=reason)
