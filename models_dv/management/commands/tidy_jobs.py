"""Remove what long work left behind long ago; danvan-nightly.timer runs it."""

from datetime import timedelta

from django.core.management.base import BaseCommand

from models_dv.domain.jobs import forget_old
from models_dv.importers.batches import forget_unsaved

DAYS_KEPT = 90


class Command(BaseCommand):
    help = "Xoá các việc nền đã kết thúc từ lâu kèm tệp kết quả, và các tệp Excel tải lên mà không nhập."

    def add_arguments(self, parser):
        """How long ended jobs stay."""
        parser.add_argument(
            "--days", type=int, default=DAYS_KEPT, help="Giữ các việc kết thúc trong số ngày này."
        )

    def handle(self, *, days, **options):
        """Forget them; the queue's own orders: prune_db_task_results."""
        age = timedelta(days=days)
        self.stdout.write(f"Đã xoá {forget_old(age)} việc, {forget_unsaved(age)} tệp Excel chưa nhập")
