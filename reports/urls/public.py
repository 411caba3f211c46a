"""Public pages."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

from models_dv.views import text_size

page = login_not_required(TemplateView.as_view(template_name="base_public.html"))

app_name = "public"
urlpatterns = [
    path("", page, name="home"),
    path("bao-cao/", page, name="reports"),
    path("bao-cao/<slug:slug>/", page, name="report"),
    path("dan-van-kheo/", page, name="models"),
    path("hoi-nghi/", page, name="conferences"),
    path("don-vi/", page, name="units"),
    path("don-vi/<slug:code>/", page, name="unit"),
    path("tim-kiem/", page, name="search"),
    path("du-lieu-mo/", page, name="open_data"),
    path("rss.xml", page, name="feed"),
    path("co-chu/", text_size.choose, name="text_size"),
]
