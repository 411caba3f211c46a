"""Who wrote in an edition is told by where he wrote; a row without a place is all that was known before."""

from itertools import islice

from django.db import migrations

WRITABLE = ["not_started", "drafting", "returned"]
BATCH = 1_000


def keep_writers(apps, schema_editor):
    models = {
        name: apps.get_model("reports", name)
        for name in ("Writing", "EditionWriter", "SectionText", "Figure")
    }
    writing = models["Writing"]
    before = models["EditionWriter"].objects.select_related("edition").order_by("pk")
    _write(
        writing,
        (
            writing(edition_id=row.edition_id, place="", user_id=row.user_id, last_at=row.edition.state_at)
            for row in before.iterator(BATCH)
        ),
    )
    for name, code in (("SectionText", "section__code"), ("Figure", "indicator__code")):
        rows = models[name].objects.filter(edition__state__in=WRITABLE).order_by("pk")
        _write(
            writing,
            (
                writing(edition_id=edition_id, place=place, user_id=user_id, last_at=at)
                for edition_id, place, user_id, at in rows.values_list(
                    "edition_id", code, "updated_by_id", "updated_at"
                ).iterator(BATCH)
            ),
        )


def name_writers(apps, schema_editor):
    writing, writer = apps.get_model("reports", "Writing"), apps.get_model("reports", "EditionWriter")
    rows = writing.objects.values_list("edition_id", "user_id").distinct().order_by()
    made = (writer(edition_id=edition_id, user_id=user_id) for edition_id, user_id in rows)
    _write(writer, made)


def _write(model, rows):
    while batch := list(islice(rows, BATCH)):
        model.objects.bulk_create(batch, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_working_together")]

    operations = [
        migrations.RunPython(keep_writers, name_writers),
        migrations.DeleteModel(name="EditionWriter"),
    ]
