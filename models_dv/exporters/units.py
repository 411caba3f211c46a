"""Units of a day as a table."""

from collections.abc import Iterator

from django.db.models import QuerySet

from models_dv.domain.sheets import ExportColumn
from models_dv.exporters.pieces import in_pieces
from models_dv.models import UnitVersion


def rows(found: QuerySet) -> Iterator[UnitVersion]:
    """The versions of ``domain.unit_lists.units_of_day`` one after the other."""
    return in_pieces(found)


COLUMNS = (
    ExportColumn("Mã đơn vị", lambda version: version.unit.code, 24),
    ExportColumn("Tên đơn vị", lambda version: version.name, 40),
    ExportColumn("Cấp", lambda version: version.get_level_display(), 24),
    ExportColumn("Loại", lambda version: version.get_type_display(), 20),
    ExportColumn("Thuộc", lambda version: version.parent_name or "", 36),
    ExportColumn("Mã địa bàn", lambda version: version.unit.territory_code, 12),
    ExportColumn("Cơ quan phụ trách báo cáo", lambda version: version.issuer_full_name, 44),
    ExportColumn("Ký hiệu văn bản", lambda version: version.symbol, 16),
    ExportColumn("Tên gọi từ ngày", lambda version: version.valid_from, 14),
    ExportColumn("Căn cứ", lambda version: version.legal_basis, 50),
    ExportColumn("Ngày kết thúc", lambda version: version.unit.ended_on, 14),
)
