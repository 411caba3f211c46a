"""Remove files that were read for a report and never saved; danvan-nightly.timer runs it."""

from django.core.management.base import BaseCommand

from reports.domain.report_imports import forget_old


class Command(BaseCommand):
    help = (
        "Xoá tệp Word, Excel đã tải lên báo cáo quá một ngày mà chưa nhập, và ghi nhớ hoàn tác quá 30 ngày."
    )

    def handle(self, **options):
        """Files that became attachments stay."""
        self.stdout.write(f"Đã xoá {forget_old()} lần nhập")
