"""Demo data: the real archive, the illustrative province An Bình, and the demo accounts."""

from datetime import date, timedelta

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from models_dv import clock
from models_dv.models import Notification, Unit, User
from reports.domain.reminders import settle_what_was_done
from reports.management.archive import load_archive
from reports.management.demo.cast import make_cast
from reports.management.demo.nouns_conferences import load_conferences, publish_tasks
from reports.management.demo.nouns_models import load_models
from reports.management.demo.nouns_officials import add_officials
from reports.management.demo.nouns_tasks import give_tasks
from reports.management.demo.story import open_round_of_ha_tinh, tell
from reports.management.demo.talk import talk_over
from reports.management.demo.together import give_parts

#: What was told longer ago is read.
DAYS_UNREAD = 14
#: The accounts that the README names; bin/run prints them.
ACCOUNTS = (
    ("chuyenvien.anbinh", "chuyên viên tỉnh An Bình: soạn, tiếp nhận, công bố"),
    ("lanhdao.anbinh", "lãnh đạo tỉnh An Bình: duyệt, tiếp nhận, xác nhận công bố"),
    ("vanthu.anbinh", "văn thư tỉnh An Bình: cấp số, phát hành"),
    ("chuyenvien.phulam", "chuyên viên xã Phú Lâm: soạn"),
    ("lanhdao.phulam", "lãnh đạo xã Phú Lâm: duyệt, phát hành"),
    ("mattran.phulam", "Mặt trận Tổ quốc xã Phú Lâm: nhập phần được giao"),
    ("chuyenvien.hatinh", "chuyên viên Hà Tĩnh (đơn vị thật, chưa có số liệu)"),
    ("lanhdao.hatinh", "lãnh đạo Hà Tĩnh"),
    ("quantri", "quản trị: /quan-tri/"),
)
EARLIEST = date(2026, 7, 1)


class Command(BaseCommand):
    """Safe to call at every start: data are laid out once, only the password is set anew."""

    help = "Nạp dữ liệu trình diễn một lần; lần sau chỉ đặt lại mật khẩu tài khoản mẫu nếu đã đổi."

    def add_arguments(self, parser):
        parser.add_argument("--today", type=date.fromisoformat, help="Ngày coi là hôm nay, ví dụ 2026-11-22.")

    def handle(self, *args, today=None, **options):
        if not settings.DEMO:
            raise CommandError("Chỉ nạp dữ liệu trình diễn khi DANVAN_DEMO=1.")
        if Unit.objects.filter(code="an-binh").exists():
            self._keep_password()
        else:
            self.stdout.write("Nạp dữ liệu trình diễn (khoảng một phút)")
            self._load(max(today or clock.today(), EARLIEST))
            call_command("prepare_summaries", verbosity=0)
        for username, about in ACCOUNTS:
            self.stdout.write(f"  {username:<18} {about}")

    @transaction.atomic
    def _load(self, today: date) -> None:
        load_archive()
        cast = make_cast(settings.DEMO_PASSWORD)
        tell(cast, today)
        talk_over(cast, today)
        open_round_of_ha_tinh(cast, today)
        add_officials(cast, today)
        load_conferences(cast, today)
        give_tasks(cast, today)
        publish_tasks(cast)
        load_models(cast, today)
        give_parts(cast, settings.DEMO_PASSWORD, today)
        settle_what_was_done()
        told = Notification.objects.filter(created_at__lt=clock.now() - timedelta(days=DAYS_UNREAD))
        told.mark_read(clock.now())

    def _keep_password(self) -> None:
        """The password of this start opens the demo accounts."""
        for user in User.objects.filter(username__in=[username for username, _about in ACCOUNTS]):
            if not user.check_password(settings.DEMO_PASSWORD):
                user.set_password(settings.DEMO_PASSWORD)
                user.save(update_fields=["password"])
