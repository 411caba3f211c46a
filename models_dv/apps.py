"""The nouns of dân vận work and what both apps stand on."""

from django.apps import AppConfig


class ModelsDvConfig(AppConfig):
    name = "models_dv"
    label = "models_dv"
    verbose_name = "Danh mục và tài khoản"

    def ready(self):
        """Make known what is looked up by name: long work, sheets of Excel, the work of a day."""
        from models_dv.domain import notify, task_notices  # noqa: F401
        from models_dv.importers import (  # noqa: F401
            batches,
            conferences_sheet,
            dan_van_kheo_sheet,
            officials_sheet,
            tasks_sheet,
        )
        from models_dv.views.staff import exports  # noqa: F401
