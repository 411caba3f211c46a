"""manage.py make_scale_data: generated data in the size of the nation, labelled illustrative."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from models_dv.management.scale import Sizes, make


class Command(BaseCommand):
    """For measuring: never on a portal with real data."""

    help = "Sinh dữ liệu minh hoạ cỡ toàn quốc để đo: đơn vị, mô hình, hội nghị, nhiệm vụ."

    def add_arguments(self, parser):
        """How many of each; the defaults are the nation."""
        sizes = Sizes()
        for name in ("units", "models", "conferences", "tasks"):
            parser.add_argument(f"--{name}", type=int, default=getattr(sizes, name))

    def handle(self, *args, **options):
        """Generate in one transaction."""
        if not settings.DEMO:
            raise CommandError("Chỉ chạy trên bản xem thử (DANVAN_DEMO=1), không chạy trên cổng thật.")
        sizes = Sizes(**{name: options[name] for name in ("units", "models", "conferences", "tasks")})
        if sizes.units < 2:
            raise CommandError("Cần ít nhất 2 đơn vị.")
        started = time.monotonic()
        try:
            make(sizes, self.stdout.write)
        except ValueError as error:
            raise CommandError("Dữ liệu minh hoạ đã có. Dùng một cơ sở dữ liệu mới.") from error
        self.stdout.write(f"Xong sau {time.monotonic() - started:.0f} giây")
