"""Staff pages, under /lam-viec/."""

from django.urls import path

from models_dv.urls import (
    staff_conferences,
    staff_imports,
    staff_jobs,
    staff_models,
    staff_officials,
    staff_tasks,
)
from models_dv.views.style_guide import style_guide
from reports.urls import staff_conferences as conferences_with_reports
from reports.urls import (
    staff_editing,
    staff_notifications,
    staff_publishing,
    staff_report_imports,
    staff_review,
    staff_together,
    staff_units,
    staff_workflow,
)

app_name = "staff"
urlpatterns = [
    *staff_together.urlpatterns,  # before editing, where any word may follow “phan/SL/”
    *staff_editing.urlpatterns,
    *staff_report_imports.urlpatterns,
    *staff_workflow.urlpatterns,
    *staff_review.urlpatterns,
    *staff_publishing.urlpatterns,
    *staff_units.urlpatterns,
    *staff_notifications.urlpatterns,
    *conferences_with_reports.urlpatterns,
    *staff_conferences.urlpatterns,
    *staff_jobs.urlpatterns,
    *staff_imports.urlpatterns,
    *staff_models.urlpatterns,
    *staff_tasks.urlpatterns,
    *staff_officials.urlpatterns,
    path("mau-giao-dien/", style_guide, name="style_guide"),
]
