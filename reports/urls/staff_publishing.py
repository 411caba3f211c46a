"""Staff pages in which a summary is made public."""

from django.urls import path

from reports.views.staff import publishing, publishing_draft, publishing_steps

urlpatterns = [
    path("cong-bo/", publishing.publications, name="publications"),
    path("cong-bo/bao-cao/<int:pk>/", publishing.start, name="publish_start"),
    path("cong-bo/<int:pk>/", publishing_draft.edit, name="publication_edit"),
    path("cong-bo/<int:pk>/xem-thu/", publishing_steps.preview, name="publication_preview"),
    path("cong-bo/<int:pk>/buoc/<str:action>/", publishing_steps.step, name="publication_step"),
    path("cong-bo/<int:pk>/dinh-chinh/", publishing.correct, name="publication_correct"),
]
