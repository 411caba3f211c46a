"""Remove receipts of automatic saves that no browser asks for any more; danvan-nightly.timer runs it."""

from django.core.management.base import BaseCommand

from models_dv import clock
from reports.domain.autosave import forget_old


class Command(BaseCommand):
    help = "Xoá biên nhận của các lần tự lưu đã quá bảy ngày."

    def handle(self, **options):
        """What was saved stays."""
        self.stdout.write(f"Đã xoá {forget_old(clock.now())} biên nhận lưu")
