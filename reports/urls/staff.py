"""Staff pages, under /lam-viec/."""

from django.urls import path
from django.views.generic import TemplateView

from reports.urls import staff_editing, staff_publishing, staff_workflow

app_name = "staff"
urlpatterns = [
    *staff_editing.urlpatterns,
    *staff_workflow.urlpatterns,
    *staff_publishing.urlpatterns,
    path("mau-giao-dien/", TemplateView.as_view(template_name="staff/style_guide.html"), name="style_guide"),
]
