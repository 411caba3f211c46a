"""The archive of press pieces, for an installation that wants it."""

from django.core.management.base import BaseCommand

from reports.management.archive import load_archive


class Command(BaseCommand):
    """A second call makes only what is missing."""

    help = "Nạp tư liệu tổng hợp từ báo chí và các đơn vị được nhắc tới. Đã có thì giữ nguyên."

    def handle(self, *args, **options):
        self.stdout.write(f"Đã công bố {load_archive()} tư liệu.")
