"""Staff pages of conferences and difficulties; those that show reports beside them are in ``reports.urls``."""

from django.urls import path

from models_dv.views.staff import (
    conclusions,
    conference_files,
    conference_parts,
    conference_people,
    conferences,
    difficulties,
)

ONE = "hoi-nghi/<int:pk>/"
ROW = f"{ONE}<slug:part>/<int:row>/"

urlpatterns = [
    path("hoi-nghi/", conferences.conferences, name="conferences"),
    path("hoi-nghi/moi/", conferences.conference_new, name="conference_new"),
    path(f"{ONE}sua/", conferences.conference_edit, name="conference_edit"),
    path(f"{ONE}lich.ics", conferences.conference_ics, name="conference_ics"),
    path(f"{ONE}nguoi-du/can-bo/", conference_people.conference_officials, name="conference_officials"),
    path(f"{ONE}tai-lieu/<int:row>/tep/", conference_files.conference_paper, name="conference_paper"),
    path(f"{ONE}anh/<int:row>/<slug:size>.webp", conference_files.conference_photo, name="conference_photo"),
    path(f"{ONE}ket-luan/ky/", conclusions.conclusions_sign, name="conclusions_sign"),
    path(f"{ONE}ket-luan/mo-lai/", conclusions.conclusions_reopen, name="conclusions_reopen"),
    path(f"{ONE}<slug:part>/", conference_parts.conference_part, name="conference_part"),
    path(ROW, conference_parts.conference_row, name="conference_row"),
    path(f"{ROW}go/", conference_parts.conference_row_remove, name="conference_row_remove"),
    path(f"{ROW}chuyen/", conference_parts.conference_row_move, name="conference_row_move"),
    path("vuong-mac/", difficulties.difficulties, name="difficulties"),
    path("vuong-mac/<int:pk>/", difficulties.difficulty, name="difficulty"),
    path("vuong-mac/<int:pk>/theo-doi-lai/", difficulties.difficulty_reopen, name="difficulty_reopen"),
]
