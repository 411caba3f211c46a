"""The definitions of the shipped outline, for an installation that loaded it before there were any.

A definition is help and no rule: versions in use get it too. What somebody wrote there stays, and so does the
definition of an indicator that was named otherwise.
"""

import tomllib
from pathlib import Path

from django.db import migrations

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "outline.toml"


def add_definitions(apps, schema_editor):
    indicators = apps.get_model("reports", "Indicator").objects.using(schema_editor.connection.alias)
    undefined = indicators.filter(version__outline__code="cong-tac-dan-van", definition="")
    if not undefined.exists():
        return
    for entry in tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["indicators"]:
        undefined.filter(code=entry["code"], name=entry["name"]).update(
            definition=entry.get("definition", "")
        )


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_words_of_fields")]
    operations = [migrations.RunPython(add_definitions, migrations.RunPython.noop, elidable=True)]
