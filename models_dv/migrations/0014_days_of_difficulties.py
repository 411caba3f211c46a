from django.db import migrations
from django.db.models import OuterRef, Subquery


def take_the_conference_s_day(apps, _editor):
    """A difficulty was raised on the day of its conference; where that is unknown, no day stood in for it."""
    conferences = apps.get_model("models_dv", "Conference")
    day = conferences.objects.filter(pk=OuterRef("conference")).values("held_on")
    difficulties = apps.get_model("models_dv", "Difficulty").objects.filter(conference__isnull=False)
    difficulties.update(raised_on=Subquery(day))


class Migration(migrations.Migration):
    dependencies = [
        ("models_dv", "0013_files_of_task_progress"),
    ]

    operations = [migrations.RunPython(take_the_conference_s_day, migrations.RunPython.noop)]
