"""Officials as a table: a row for each post."""

from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from models_dv.domain.sheets import ExportColumn
from models_dv.domain.unit_names import unit_name
from models_dv.exporters.pieces import in_pieces
from models_dv.models import Appointment, UnitPath

#: Sorts after every path: units that do not exist on the day.
LAST = "a"


def rows(found: QuerySet, day: date, *, with_former: bool, by_rank: bool = False) -> Iterator[Appointment]:
    """The posts of the officials, as the list shows them on the day.

    By given name, or by the place of the unit in the tree and rank.
    """
    posts = Appointment.objects.filter(official__in=found.order_by().values("pk"))
    if not with_former:
        posts = posts.not_ended(day)
    named = posts.annotate(unit_name=unit_name("unit", day)).select_related("official", "unit")
    person = ("official__name_sort", "official_id")
    if by_rank:
        path = UnitPath.objects.current(day).filter(unit=OuterRef("unit")).values("path")[:1]
        named = named.annotate(place=Coalesce(Subquery(path), Value(LAST)))
        ordered = named.order_by("place", "rank", "order", *person, "pk")
    else:
        ordered = named.order_by(*person, "rank", "order", "pk")
    return in_pieces(ordered)


COLUMNS = (
    ExportColumn("Mã", lambda post: post.official_id, 8),
    ExportColumn("Họ và tên", lambda post: post.official.name, 26),
    ExportColumn("Chức vụ", lambda post: post.post, 36),
    ExportColumn("Cơ quan", lambda post: post.get_organ_display(), 30),
    ExportColumn("Đơn vị", lambda post: post.unit_name or post.unit.code, 30),
    ExportColumn("Bậc", lambda post: post.get_rank_display(), 30),
    ExportColumn("Thứ tự cùng bậc", lambda post: post.order, 10),
    ExportColumn("Từ ngày", lambda post: post.from_on, 14),
    ExportColumn("Ghi nhận ngày", lambda post: post.attested_on, 14),
    ExportColumn("Thôi giữ từ ngày", lambda post: post.to_on, 14),
    ExportColumn("Quyết định", lambda post: post.decision, 30),
    ExportColumn("Điện thoại cơ quan", lambda post: post.official.work_phone, 18),
    ExportColumn("Thư điện tử công vụ", lambda post: post.official.work_email, 26),
)
