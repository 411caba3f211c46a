"""Staff pages, under /lam-viec/."""

from django.urls import path

from models_dv.urls import staff_jobs
from models_dv.views.style_guide import style_guide
from reports.urls import staff_editing, staff_publishing, staff_workflow

app_name = "staff"
urlpatterns = [
    *staff_editing.urlpatterns,
    *staff_workflow.urlpatterns,
    *staff_publishing.urlpatterns,
    *staff_jobs.urlpatterns,
    path("mau-giao-dien/", style_guide, name="style_guide"),
]
