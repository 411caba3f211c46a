"""Lay out the PDF of every published summary ahead of the first reader."""

from django.core.management.base import BaseCommand

from reports.documents.summary_files import ready_file, summary_file
from reports.domain.public_reading import PublicReport, find
from reports.models import Publication


class Command(BaseCommand):
    """Safe to run at any time, as often as wanted: what is there already is left alone."""

    help = "Tạo sẵn tệp PDF bản tóm tắt của mọi báo cáo đang công bố (tệp đã có thì bỏ qua)."

    def handle(self, *args, **options):
        made = 0
        for slug in Publication.objects.published().values_list("slug", flat=True):
            report = find(slug)
            if isinstance(report, PublicReport) and ready_file(report) is None:
                summary_file(report)
                made += 1
        self.stdout.write(f"Đã tạo {made} tệp PDF.")
