"""Staff pages in which a report is written and handed in."""

from django.urls import path

from reports.views.staff import checking, editing

urlpatterns = [
    path("bao-cao/<int:pk>/phan/<str:code>/", editing.part, name="part"),
    path("bao-cao/<int:pk>/kiem-tra/", checking.check, name="check"),
    path("bao-cao/<int:pk>/trinh-duyet/", checking.submit, name="submit"),
]
