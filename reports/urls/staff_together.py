"""Staff pages of working on one report together: parts given to others, advice from above, who is here."""

from django.urls import path

from reports.views.staff import contributing, narrative_help, presence, sharing

ONE = "bao-cao/<int:pk>/"
PART = f"{ONE}phan/<str:code>/"

urlpatterns = [
    path(f"{ONE}phan-cong/", contributing.assignments, name="assignments"),
    path(f"{ONE}phan-cong/<int:row>/thoi-giao/", contributing.assignment_end, name="assignment_end"),
    path(f"{ONE}phan-cong/<int:row>/mo-lai/", contributing.assignment_reopen, name="assignment_reopen"),
    path(f"{ONE}duoc-giao/", contributing.assigned, name="assigned"),
    path(f"{ONE}duoc-giao/<int:row>/bao-xong/", contributing.assigned_done, name="assigned_done"),
    path(f"{ONE}xin-y-kien/", sharing.share, name="share"),
    path(f"{ONE}xin-y-kien/thoi/", sharing.share_end, name="share_end"),
    path(f"{PART}dang-mo/", presence.presence, name="presence"),
    path(f"{PART}xem-thu/", narrative_help.preview, name="part_preview"),
    path(f"{PART}soat-chu/", narrative_help.doctor, name="part_doctor"),
    path(f"{PART}chen-so-lieu/", narrative_help.numbers, name="part_numbers"),
]
