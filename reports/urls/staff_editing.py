"""Staff pages in which a report is written and handed in."""

from django.urls import path

from reports.views.staff import autosave, checking, editing, indicators, kheo_figures, pasting

urlpatterns = [
    path("bao-cao/<int:pk>/phan/<str:code>/", editing.part, name="part"),
    path("bao-cao/<int:pk>/phan/SL/<str:code>/", kheo_figures.registry_figure, name="registry_figure"),
    path("bao-cao/<int:pk>/phan/SL/<str:code>/so/", indicators.indicator, name="indicator"),
    path("bao-cao/<int:pk>/luu/", autosave.autosave, name="autosave"),
    path("bao-cao/<int:pk>/so-lieu/dan/", pasting.paste_figures, name="paste_figures"),
    path("bao-cao/<int:pk>/kiem-tra/", checking.check, name="check"),
    path("bao-cao/<int:pk>/trinh-duyet/", checking.submit, name="submit"),
]
