"""The national catalogue of units, for an installation that works with real units."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from models_dv.enums import UnitLevel
from models_dv.importers.catalogue.tables import FOLDER, read_catalogue
from models_dv.importers.catalogue.writing import CatalogueRefused, Outcome, import_catalogue
from models_dv.vietnamese.numbers import format_number

LINES_SHOWN = 30
LEVELS = (
    (UnitLevel.PROVINCE, True, "tỉnh, thành phố trước 01/7/2025"),
    (UnitLevel.DISTRICT, True, "huyện, quận, thị xã, thành phố trước 01/7/2025"),
    (UnitLevel.COMMUNE, True, "xã, phường, thị trấn trước 01/7/2025"),
    (UnitLevel.PROVINCE, False, "tỉnh, thành phố hiện nay"),
    (UnitLevel.COMMUNE, False, "xã, phường, đặc khu hiện nay"),
)


class Command(BaseCommand):
    """A second call changes nothing; whatever an administrator entered stays."""

    help = "Nhập danh mục đơn vị toàn quốc, hiện nay và trước 01/7/2025. Đơn vị đã có thì nhận và giữ nguyên."

    def add_arguments(self, parser):
        """--dry-run, --tables."""
        parser.add_argument("--dry-run", action="store_true", help="Chỉ cho biết sẽ làm gì, không ghi.")
        parser.add_argument("--tables", type=Path, default=FOLDER, help="Thư mục có các bảng danh mục.")

    def handle(self, *args, dry_run, tables, **options):
        """Print the counts, what was written and what was left; exit 1 when the catalogue does not hold."""
        catalogue = read_catalogue(tables)
        counts = {name: format_number(number) for name, number in catalogue.counts().items()}
        self.stdout.write(
            "Danh mục: {provinces} tỉnh, thành phố; {communes} xã, phường, đặc khu. Trước 01/7/2025: "
            "{provinces_before} tỉnh, thành phố; {districts_before} huyện; {communes_before} xã; "
            "{edges} quan hệ cũ → mới.".format(**counts)
        )
        try:
            outcome = import_catalogue(catalogue, dry_run=dry_run)
        except CatalogueRefused as refused:
            lines = _shortened(refused.problems)
            raise CommandError("\n".join(["Không ghi gì, vì:", *lines])) from refused
        for line in _told(outcome):
            self.stdout.write(line)
        self.stdout.write(
            "Đã kiểm tra: đơn vị nào cũng có cấp trên; không chồng thời gian; đã kết thúc thì có kế thừa hoặc lý do."
        )
        if dry_run:
            self.stdout.write("Chạy thử: chưa ghi gì.")


def _told(outcome: Outcome) -> list[str]:
    """What was done, line by line."""
    lines = [
        f"Tạo {format_number(outcome.units_by_level[level, is_former])} đơn vị: {what}"
        for level, is_former, what in LEVELS
        if outcome.units_by_level[level, is_former]
    ]
    if outcome.adopted:
        lines.append(f"Nhận {format_number(outcome.adopted)} đơn vị đã có")
    if outcome.completed:
        lines += ["Thêm phiên bản cho đơn vị đã có:", *_shortened(outcome.completed)]
    if outcome.left:
        lines += ["Giữ nguyên những gì đã nhập khác danh mục:", *_shortened(outcome.left)]
    lines.append(
        f"Ghi {format_number(outcome.units)} đơn vị, {format_number(outcome.versions)} phiên bản, "
        f"{format_number(outcome.edges)} quan hệ kế thừa"
        if outcome.is_change
        else "Không có gì thay đổi"
    )
    return [
        f"{line}." if not line.endswith((":", ".")) and not line.startswith("- ") else line for line in lines
    ]


def _shortened(lines: list[str]) -> list[str]:
    shown = [f"- {line}" for line in lines[:LINES_SHOWN]]
    return (
        shown
        if len(lines) <= LINES_SHOWN
        else [*shown, f"- và {format_number(len(lines) - LINES_SHOWN)} mục nữa"]
    )
