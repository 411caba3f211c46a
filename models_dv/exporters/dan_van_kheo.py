"""The registry of “Dân vận khéo” as a table: what was entered, and the dated facts beside it."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import QuerySet

from models_dv.domain.sheets import ExportColumn
from models_dv.domain.unit_names import unit_name
from models_dv.enums import FactKind
from models_dv.exporters.pieces import in_pieces
from models_dv.models import DanVanKheo, KheoFact
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.numbers import format_number


def rows(found: QuerySet, today: date) -> Iterator[DanVanKheo]:
    """The models one after the other, with facts, results, origin and the name of the unit of today."""
    named = found.annotate(unit_name=unit_name("unit", today)).select_related("origin", "unit")
    return in_pieces(named.prefetch_related("facts", "result_figures"))


def _when(kind: FactKind):
    """Days (or years) of the facts of one kind, as text; several are apart by semicolons."""

    def words(model: DanVanKheo) -> str:
        return "; ".join(_day(fact) for fact in _facts(model, kind))

    return words


def _decisions(model: DanVanKheo) -> str:
    found = _facts(model, FactKind.RECOGNISED)
    return "; ".join(
        ", ".join(filter(None, (fact.get_level_display(), fact.decision, _day(fact)))) for fact in found
    )


def _facts(model: DanVanKheo, kind: FactKind) -> list[KheoFact]:
    return [fact for fact in model.facts.all() if fact.kind == kind]


def _day(fact: KheoFact) -> str:
    return str(fact.on.year) if fact.year_only else format_date(fact.on)


def _results(model: DanVanKheo) -> str:
    """As the import reads them: “Hộ hiến đất: 42 hộ; …”."""
    found = model.result_figures.all()
    return "; ".join(f"{row.name}: {format_number(row.value)} {row.unit_name}".strip() for row in found)


def columns() -> Iterable[ExportColumn]:
    """In the order of the template for imports; what it does not have stands behind."""
    yield ExportColumn("Mã", lambda model: model.pk, 8)
    yield ExportColumn("Đơn vị", lambda model: model.unit_name or model.unit.code, 30)
    yield ExportColumn("Tên mô hình, điển hình", lambda model: model.name, 40)
    yield ExportColumn("Loại", lambda model: model.get_kind_display(), 12)
    yield ExportColumn("Tập thể, cá nhân", lambda model: model.get_subject_display(), 14)
    yield ExportColumn("Lĩnh vực", lambda model: model.get_field_display(), 24)
    yield ExportColumn("Cấp đăng ký", lambda model: model.get_level_display(), 14)
    yield ExportColumn("Năm đăng ký", lambda model: str(model.year), 12)
    yield ExportColumn("Địa chỉ cụ thể", lambda model: model.address, 32)
    yield ExportColumn("Tình hình, lý do", lambda model: model.situation, 40)
    yield ExportColumn("Mục tiêu, tiêu chí", lambda model: model.aims, 40)
    yield ExportColumn("Nội dung, cách làm", lambda model: model.method, 40)
    yield ExportColumn("Thời gian thực hiện", lambda model: model.duration, 20)
    yield ExportColumn("Sản phẩm", lambda model: model.product, 28)
    yield ExportColumn("Chủ trì", lambda model: model.leads, 26)
    yield ExportColumn("Phối hợp", lambda model: model.joins, 26)
    yield ExportColumn("Số người hưởng lợi", lambda model: model.people_served, 14)
    yield ExportColumn("Đối tượng hưởng lợi", lambda model: model.served_note, 26)
    yield ExportColumn("Kinh phí (triệu đồng)", lambda model: model.funds, 16)
    yield ExportColumn("Nguồn lực", lambda model: model.resources, 40)
    yield ExportColumn("Kết quả", lambda model: model.results, 40)
    yield ExportColumn("Kết quả bằng số", _results, 40)
    yield ExportColumn("Khả năng duy trì, nhân rộng", lambda model: model.lasting, 40)
    yield ExportColumn("Kinh nghiệm", lambda model: model.experience, 40)
    yield ExportColumn("Nhân rộng từ", lambda model: model.origin.name if model.origin else "", 30)
    for kind in FactKind:
        if kind != FactKind.RECOGNISED:
            yield ExportColumn(kind.label, _when(kind), 16)
    yield ExportColumn("Được công nhận (cấp, quyết định, ngày)", _decisions, 40)


COLUMNS = tuple(columns())
