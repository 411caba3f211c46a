"""Staff pages, under /lam-viec/."""

from django.urls import path
from django.views.generic import TemplateView

page = TemplateView.as_view(template_name="base_staff.html")

app_name = "staff"
urlpatterns = [
    path("", page, name="my_work"),
    path("bao-cao/", page, name="reports"),
    path("tien-do/", page, name="progress"),
    path("tong-hop/", page, name="consolidation"),
    path("cong-bo/", page, name="publications"),
    path("tro-giup/", page, name="help"),
    path("mau-giao-dien/", TemplateView.as_view(template_name="staff/style_guide.html"), name="style_guide"),
]
