"""Remove what long work left behind long ago; danvan-nightly.timer runs it."""

from datetime import timedelta

from django.core.management.base import BaseCommand

from models_dv.domain.jobs import forget_old

DAYS_KEPT = 90


class Command(BaseCommand):
    help = "Xoá các việc nền đã kết thúc từ lâu, kèm tệp kết quả."

    def add_arguments(self, parser):
        """How long ended jobs stay."""
        parser.add_argument(
            "--days", type=int, default=DAYS_KEPT, help="Giữ các việc kết thúc trong số ngày này."
        )

    def handle(self, *, days, **options):
        """Forget them; the queue's own orders: prune_db_task_results."""
        self.stdout.write(f"Đã xoá {forget_old(timedelta(days=days))} việc")
