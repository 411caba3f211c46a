"""Staff pages of “Dân vận khéo”."""

from django.urls import path

from models_dv.views.staff import model_facts, model_files, model_publishing, models

urlpatterns = [
    path("mo-hinh/", models.models, name="models"),
    path("mo-hinh/moi/", models.model_new, name="model_new"),
    path("mo-hinh/<int:pk>/", models.model, name="model"),
    path("mo-hinh/<int:pk>/sua/", models.model_edit, name="model_edit"),
    path("mo-hinh/<int:pk>/nhan-rong/", models.model_copy, name="model_copy"),
    path("mo-hinh/<int:pk>/su-viec/", model_facts.model_fact, name="model_fact"),
    path("mo-hinh/<int:pk>/su-viec/<int:row>/xoa/", model_facts.model_fact_remove, name="model_fact_remove"),
    path("mo-hinh/<int:pk>/minh-chung/", model_files.model_evidence, name="model_evidence"),
    path(
        "mo-hinh/<int:pk>/minh-chung/<int:row>/", model_files.model_evidence_file, name="model_evidence_file"
    ),
    path(
        "mo-hinh/<int:pk>/minh-chung/<int:row>/go/",
        model_files.model_evidence_remove,
        name="model_evidence_remove",
    ),
    path("mo-hinh/<int:pk>/anh/", model_files.model_photos, name="model_photos"),
    path("mo-hinh/<int:pk>/anh/<int:row>/", model_files.model_photo_edit, name="model_photo_edit"),
    path("mo-hinh/<int:pk>/anh/<int:row>/<str:size>.webp", model_files.model_photo, name="model_photo"),
    path("mo-hinh/<int:pk>/anh/<int:row>/xep/", model_files.model_photo_move, name="model_photo_move"),
    path("mo-hinh/<int:pk>/anh/<int:row>/go/", model_files.model_photo_remove, name="model_photo_remove"),
    path("mo-hinh/<int:pk>/cong-bo/", model_publishing.model_publish, name="model_publish"),
    path("mo-hinh/<int:pk>/cong-bo/go/", model_publishing.model_withdraw, name="model_withdraw"),
]
