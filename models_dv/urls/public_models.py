"""Public pages of “Dân vận khéo”."""

from django.urls import path

from models_dv.views import public_models

urlpatterns = [
    path("mo-hinh/", public_models.models, name="models"),
    path("mo-hinh/<slug:slug>/", public_models.model, name="model"),
    path("mo-hinh/<slug:slug>/anh/<int:number>-<int:size>.webp", public_models.photo, name="model_photo"),
]
