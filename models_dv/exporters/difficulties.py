"""The register of difficulties as a table."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet

from models_dv.domain import difficulties
from models_dv.domain.sheets import ExportColumn
from models_dv.domain.unit_names import unit_name
from models_dv.exporters.pieces import in_pieces
from models_dv.models import Difficulty


def rows(found: QuerySet, day: date) -> Iterator[Difficulty]:
    """As the register lists them, with units under their names of the day."""
    told = found.annotate(
        unit_name=unit_name("unit", day),
        times=difficulties.times_raised(),
        topic_names=difficulties.topic_names(),
    )
    return in_pieces(difficulties.newest_first(told.select_related("conference", "first")))


COLUMNS = (
    ExportColumn("Mã", lambda row: row.pk, 8),
    ExportColumn("Khó khăn, vướng mắc", lambda row: row.text, 60),
    ExportColumn("Đơn vị", lambda row: row.unit_name or "", 30),
    ExportColumn("Đơn vị nêu", lambda row: row.raised_by, 30),
    ExportColumn("Hội nghị", lambda row: row.conference.title if row.conference else "", 50),
    ExportColumn("Ngày nêu", lambda row: row.raised_on, 14),
    ExportColumn("Số lần nêu", lambda row: row.times, 10),
    ExportColumn("Nêu lần đầu", lambda row: row.first.raised_on if row.first else row.raised_on, 14),
    ExportColumn("Chủ đề", lambda row: row.topic_names or "", 36),
    ExportColumn("Tình trạng", lambda row: row.get_state_display(), 16),
    ExportColumn("Ngày giải quyết", lambda row: row.settled_on, 14),
    ExportColumn("Cách giải quyết", lambda row: row.settled_note, 50),
)
