"""Tasks as a table."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from models_dv.domain.sheets import ExportColumn
from models_dv.domain.task_lists import pressing_first
from models_dv.domain.unit_names import unit_name
from models_dv.exporters.pieces import in_pieces
from models_dv.models import Task


def rows(found: QuerySet, today: date) -> Iterator[Task]:
    """The tasks in the order of their list, with the names of today of the units, and their progress."""
    named = found.annotate(
        lead_name=unit_name("lead_unit", today), giving_name=unit_name("giving_unit", today)
    )
    related = pressing_first(named).select_related("lead_unit", "giving_unit")
    for task in in_pieces(related.prefetch_related("joining_units__versions", "progress")):
        task.late = task.days_late(today) or None
        yield task


def _joining(task: Task) -> str:
    return "; ".join(str(unit) for unit in task.joining_units.all())


def _progress(task: Task) -> str:
    """The latest progress in words."""
    latest = next(iter(task.progress.all()), None)
    return latest.text if latest else ""


COLUMNS = (
    ExportColumn("Mã", lambda task: task.pk, 8),
    ExportColumn("Nhiệm vụ", lambda task: task.title, 50),
    ExportColumn("Nội dung, yêu cầu", lambda task: task.content, 50),
    ExportColumn("Đơn vị giao", lambda task: task.giving_name or task.giving_unit.code, 30),
    ExportColumn("Đơn vị chủ trì", lambda task: task.lead_name or task.lead_unit.code, 30),
    ExportColumn("Chức vụ chủ trì", lambda task: task.lead_post, 26),
    ExportColumn("Đơn vị phối hợp", _joining, 36),
    ExportColumn("Cơ quan phối hợp khác", lambda task: task.joining_others, 30),
    ExportColumn("Ngày giao", lambda task: task.given_on, 14),
    ExportColumn("Hạn hoàn thành", lambda task: task.due_on, 14),
    ExportColumn("Sản phẩm", lambda task: task.product, 30),
    ExportColumn("Tình trạng", lambda task: task.get_state_display(), 18),
    ExportColumn("Số ngày quá hạn", lambda task: task.late, 14),
    ExportColumn("Ngày hoàn thành hoặc huỷ", lambda task: task.ended_on, 14),
    ExportColumn("Kết quả", lambda task: task.result, 50),
    ExportColumn("Tiến độ gần nhất", _progress, 50),
)
