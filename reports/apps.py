"""What flows: rounds, reports, consolidation, publication."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    label = "reports"
    verbose_name = "Báo cáo"

    def ready(self):
        """Tasks come out of reports, and the worker reminds and tidies: the nouns below learn of it here."""
        from models_dv.domain.task_sources import add_source
        from reports.domain import presence, reminders  # noqa: F401
        from reports.domain.task_links import FROM_REPORT

        add_source(FROM_REPORT)
