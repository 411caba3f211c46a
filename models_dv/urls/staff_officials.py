"""Staff pages of officials, their posts and delegations of signing."""

from django.urls import path

from models_dv.views.staff import delegations, official_merging, officials

urlpatterns = [
    path("can-bo/", officials.officials, name="officials"),
    path("can-bo/moi/", officials.official_new, name="official_new"),
    path("can-bo/<int:pk>/", officials.official, name="official"),
    path("can-bo/<int:pk>/sua/", officials.official_edit, name="official_edit"),
    path("can-bo/<int:pk>/chuc-vu/", officials.official_appoint, name="official_appoint"),
    path("can-bo/<int:pk>/gop/", official_merging.official_merge, name="official_merge"),
    path("chuc-vu/<int:pk>/sua/", officials.appointment_edit, name="appointment_edit"),
    path("chuc-vu/<int:pk>/thoi/", officials.appointment_end, name="appointment_end"),
    path("uy-quyen-ky/", delegations.delegations, name="delegations"),
    path("uy-quyen-ky/moi/", delegations.delegation_new, name="delegation_new"),
    path("uy-quyen-ky/<int:pk>/thoi/", delegations.delegation_revoke, name="delegation_revoke"),
]
