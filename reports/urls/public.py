"""Public pages: no sign-in, GET and HEAD only."""

from django.urls import path

from models_dv.urls import public_models
from models_dv.views import text_size
from models_dv.views.public_page import public_page
from reports.views import open_data, public, public_conferences, public_reports, public_search, public_units
from reports.views.feeds import LatestReports

app_name = "public"
urlpatterns = [
    path("", public.home, name="home"),
    path("bao-cao/", public.reports, name="reports"),
    path("bao-cao/feed.xml", public_page(LatestReports()), name="feed"),
    path("bao-cao/<slug:slug>/", public_reports.report, name="report"),
    path("bao-cao/<slug:slug>/lan-<int:number>/", public_reports.version, name="report_version"),
    path("bao-cao/<slug:slug>/ban-tom-tat.pdf", public_reports.pdf, name="report_pdf"),
    path("bao-cao/<slug:slug>/so-lieu.csv", public_reports.figures_csv, name="report_csv"),
    *public_models.urlpatterns,
    path("hoi-nghi/", public_conferences.conferences, name="conferences"),
    path("hoi-nghi/<slug:slug>/", public_conferences.conference, name="conference"),
    path("hoi-nghi/<slug:slug>/lich.ics", public_conferences.conference_ics, name="conference_ics"),
    path(
        "hoi-nghi/<slug:slug>/tai-lieu/<int:number>/",
        public_conferences.conference_paper,
        name="conference_paper",
    ),
    path(
        "hoi-nghi/<slug:slug>/anh/<int:number>-<slug:size>.webp",
        public_conferences.conference_photo,
        name="conference_photo",
    ),
    path("don-vi/", public_units.units, name="units"),
    path("don-vi/<str:code>/", public_units.unit, name="unit"),
    path("tim-kiem/", public_search.search, name="search"),
    path("so-lieu-mo/", open_data.open_data, name="open_data"),
    path("so-lieu-mo/so-lieu-cong-bo.csv", open_data.figures, name="figures_csv"),
    path("so-lieu-mo/bao-cao.json", open_data.reports, name="reports_json"),
    path("co-chu/", text_size.choose, name="text_size"),
    path("robots.txt", public.robots, name="robots"),
    path("favicon.ico", public.favicon, name="favicon"),
]
