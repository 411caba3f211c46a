"""Staff pages of conferences that show or join reports; before those of ``models_dv``, whose parts take any word."""

from django.urls import path

from reports.views.staff import conference_publishing, conferences

ONE = "hoi-nghi/<int:pk>/"

urlpatterns = [
    path(ONE, conferences.conference, name="conference"),
    path(f"{ONE}bao-cao/", conferences.conference_link, name="conference_link"),
    path(f"{ONE}bao-cao/<int:link>/bo/", conferences.conference_unlink, name="conference_unlink"),
    path(f"{ONE}cong-bo/", conference_publishing.conference_publish, name="conference_publish"),
    path(f"{ONE}go-cong-khai/", conference_publishing.conference_withdraw, name="conference_withdraw"),
]
