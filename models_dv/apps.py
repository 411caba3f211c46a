"""The nouns of dân vận work and what both apps stand on."""

from django.apps import AppConfig


class ModelsDvConfig(AppConfig):
    name = "models_dv"
    label = "models_dv"
    verbose_name = "Danh mục và tài khoản"
