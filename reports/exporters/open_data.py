"""Published figures and reports as open data: CSV that a spreadsheet opens, JSON that a program reads.

Numbers are plain (1743, 6.5), days are ISO (2026-02-05). Only versions in force are here.
"""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db.models import F
from django.utils import timezone

from models_dv.models import Period
from models_dv.vietnamese.numbers import QUALIFIER_WORDS
from reports.domain.public_reading import listed, name_above
from reports.enums import PublicationState
from reports.models import PublishedFigure

BOM = "\ufeff"
ROWS_AT_ONCE = 2_000
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

FIGURE_COLUMNS = (
    "ma_chi_tieu",
    "chi_tieu",
    "don_vi_tinh",
    "tu_di_kem",
    "gia_tri",
    "cung_ky",
    "ghi_chu_cung_ky",
    "chu_thich",
)
REPORT_COLUMNS = ("bao_cao", "ma_don_vi", "don_vi", "loai_ky", "nam", "ky", "lan", "nguon", "minh_hoa")

_FIGURE_FIELDS = (
    "code",
    "name",
    "unit_name",
    "qualifier",
    "value",
    "same_period_value",
    "same_period_note",
    "note",
)
_REPORT_FIELDS = (
    "version__publication__slug",
    "version__publication__unit__code",
    "version__publication__unit_version__name",
    "version__publication__period__kind",
    "version__publication__period__year",
    "version__publication__period__number",
    "version__number",
    "version__publication__citation_id",
    "version__publication__unit__illustrative",
)


class _Line:
    """A file of which only the line just written is kept."""

    def write(self, text: str) -> str:
        return text


def safe_cell(text: str) -> str:
    """The text, with a quote before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def plain_number(value: Decimal | None) -> str:
    """“1743”, “6.5”, "" for none."""
    return "" if value is None else f"{value.normalize():f}"


def _lines(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield BOM + writer.writerow(header)
    for row in rows:
        yield writer.writerow(row)


def _figure_cells(
    code, name, unit_name, qualifier, value, same_period_value, same_period_note, note
) -> tuple[str, ...]:
    return (
        safe_cell(code),
        safe_cell(name),
        safe_cell(unit_name),
        QUALIFIER_WORDS[qualifier],
        plain_number(value),
        plain_number(same_period_value),
        safe_cell(same_period_note),
        safe_cell(note),
    )


def version_csv(version) -> str:
    """The figures of one published version."""
    rows = version.figures.values_list(*_FIGURE_FIELDS)
    return "".join(_lines(FIGURE_COLUMNS, (_figure_cells(*row) for row in rows)))


def all_figures_csv() -> Iterator[str]:
    """Every figure of every version in force, line by line."""
    rows = (
        PublishedFigure.objects.filter(
            version__state=PublicationState.PUBLISHED, version=F("version__publication__current")
        )
        .order_by("-version__publication__period__window_to", "version__publication__slug", "order")
        .values_list(*_REPORT_FIELDS, *_FIGURE_FIELDS)
        .iterator(chunk_size=ROWS_AT_ONCE)
    )
    split = len(_REPORT_FIELDS)
    cells = ((*_report_cells(*row[:split]), *_figure_cells(*row[split:])) for row in rows)
    return _lines((*REPORT_COLUMNS, *FIGURE_COLUMNS), cells)


def _report_cells(
    slug, unit_code, unit, kind, year, number, version, citation, illustrative
) -> tuple[str, ...]:
    return (
        safe_cell(slug),
        safe_cell(unit_code),
        safe_cell(unit),
        kind,
        str(year),
        Period(kind=kind, year=year, number=number).label,
        str(version),
        source_name(citation),
        "có" if illustrative else "không",
    )


def source_name(citation_id) -> str:
    """Where a publication comes from, in words."""
    return "Tư liệu tổng hợp từ báo chí" if citation_id else "Báo cáo của đơn vị"


def report_list() -> list[dict]:
    """Every report that can be read, as plain values; ``dia_chi`` is its path."""
    return [_report_entry(publication) for publication in listed()]


def _report_entry(publication) -> dict:
    version, period, citation = publication.current, publication.period, publication.citation
    entry = {
        "dia_chi": publication.get_absolute_url(),
        "tieu_de": version.title,
        "loi_dan": version.lead,
        "don_vi": {
            "ma": publication.unit.code,
            "ten_khi_bao_cao": publication.unit_version.name,
            "co_quan": publication.unit_version.issuer_full_name,
            "cap_tren_khi_bao_cao": name_above(publication),
        },
        "ky": {"loai": period.kind, "nam": period.year, "thu_tu": period.number, "ten": period.label},
        "loai_bao_cao": period.report_kind,
        "lan": version.number,
        "cong_bo": _day(publication.first_published_at),
        "cap_nhat": _day(version.published_at),
        "nguon": source_name(publication.citation_id),
        "minh_hoa": publication.unit.illustrative,
    }
    if citation:
        entry["trich_dan"] = {
            "noi_dang": citation.outlet or None,
            "tac_gia": citation.byline or None,
            "ngay_dang": citation.published_on and citation.published_on.isoformat(),
            "suy_luan": citation.inferred,
        }
    return entry


def _day(moment) -> str:
    return timezone.localdate(moment).isoformat()
