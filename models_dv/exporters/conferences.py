"""Conferences as a table."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet

from models_dv.domain.sheets import ExportColumn
from models_dv.exporters.pieces import in_pieces
from models_dv.models import Conference


def rows(found: QuerySet) -> Iterator[Conference]:
    """The conferences one after the other, with unit, period, and how many people were there."""
    counted = found.annotate(people_count=Count("people")).select_related("unit", "period")
    return in_pieces(counted.prefetch_related("unit__versions"))


COLUMNS = (
    ExportColumn("Mã", lambda conference: conference.pk, 8),
    ExportColumn("Đơn vị tổ chức", lambda conference: conference.unit_name_on(), 30),
    ExportColumn("Tên hội nghị", lambda conference: conference.title, 56),
    ExportColumn("Loại", lambda conference: conference.get_kind_display(), 20),
    ExportColumn("Kỳ", lambda conference: conference.period.label if conference.period else "", 24),
    ExportColumn("Năm", lambda conference: str(conference.year), 10),
    ExportColumn("Ngày tổ chức", lambda conference: conference.held_on, 14),
    ExportColumn("Tình trạng", lambda conference: conference.get_state_display(), 16),
    ExportColumn("Hình thức", lambda conference: conference.get_form_display(), 24),
    ExportColumn("Số điểm cầu", lambda conference: conference.online_points, 12),
    ExportColumn("Địa điểm", lambda conference: conference.place, 30),
    ExportColumn("Cơ quan tổ chức", lambda conference: conference.organiser, 30),
    ExportColumn("Số người ghi tên", lambda conference: conference.people_count, 12),
    ExportColumn("Chương trình", lambda conference: conference.agenda, 40),
    ExportColumn("Nội dung chính", lambda conference: conference.summary, 50),
)
