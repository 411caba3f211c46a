"""The default outline, for a new installation."""

from django.core.management.base import BaseCommand

from reports.domain.outlines import load_default_outline


class Command(BaseCommand):
    """A second call changes nothing."""

    help = "Nạp đề cương mặc định (phiên bản 1). Đã có thì giữ nguyên."

    def handle(self, *args, **options):
        version = load_default_outline()
        self.stdout.write(f"{version}: {version.indicators.count()} chỉ tiêu.")
