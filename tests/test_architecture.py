"""The one arrow between the apps, where import-linter cannot see it: relations, migrations, templates."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

NOUNS = apps.get_app_config("models_dv")
MODELS = list(NOUNS.get_models(include_auto_created=True))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_no_relation_of_models_dv_points_at_reports(model):
    forward = [field for field in model._meta.get_fields() if field.is_relation and not field.auto_created]
    targets = {field.related_model._meta.app_label for field in forward if field.related_model}
    assert "reports" not in targets


def test_no_migration_of_models_dv_names_reports():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    needed = {
        parent
        for (app, _), migration in loader.disk_migrations.items()
        if app == "models_dv"
        for parent, _ in [*migration.dependencies, *migration.run_before]
    }
    assert needed
    assert "reports" not in needed


def test_no_python_file_of_models_dv_names_reports_in_a_string():
    files = sorted(Path(NOUNS.path).rglob("*.py"))
    assert files
    naming = [
        path.name
        for path in files
        if '"reports.' in path.read_text(encoding="utf-8") or "'reports." in path.read_text(encoding="utf-8")
    ]
    assert naming == []


def test_templates_have_no_inline_style_script_or_handler():
    files = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
    assert files
    forbidden = ("<script>", "<style", " style=", " onclick=", " onchange=", " onsubmit=", "|safe")
    found = [
        (path.name, word) for path in files for word in forbidden if word in path.read_text(encoding="utf-8")
    ]
    assert found == []
