"""One round of what the worker does beside long work: reminders of the day, then the mail that waits."""

from django.conf import settings
from django.core.management.base import BaseCommand

from models_dv import clock
from models_dv.domain import daily, mail_queue


class Command(BaseCommand):
    help = "Tạo thông báo nhắc hạn của ngày và gửi các thư đang chờ, một lượt. Dùng khi không chạy run_jobs."

    def handle(self, **options):
        """Say what was done; a mail server that is away is no error, its mail waits."""
        daily.do_todays(clock.now())
        if not settings.MAIL_IS_SET:
            self.stdout.write("Chưa đặt DANVAN_MAIL_URL: thông báo chỉ hiện trong cổng.")
            return
        outcome = mail_queue.send_due()
        self.stdout.write(
            f"Đã gửi {outcome.sent} thư, bị từ chối {outcome.refused}, gửi lại sau {outcome.postponed}"
        )
        if outcome.server_is_away:
            self.stdout.write("Máy chủ thư không nhận; các thư còn lại được giữ và gửi lại sau.")
