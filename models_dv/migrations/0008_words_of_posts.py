from django.db import migrations, models

from models_dv.vietnamese.fold import fold


def fill(apps, _editor):
    """Posts that were entered before get their search key."""
    appointments = apps.get_model("models_dv", "Appointment")
    rows = list(appointments.objects.all())
    for row in rows:
        row.post_folded = fold(row.post)[:320]
    appointments.objects.bulk_update(rows, ["post_folded"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("models_dv", "0007_import_batches"),
    ]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="post_folded",
            field=models.CharField(default="", editable=False, max_length=320),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
