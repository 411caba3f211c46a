"""Who has which part of a report open at this moment: told by the pages themselves, and forgotten within a minute."""

from datetime import time, timedelta

from models_dv import clock
from models_dv.domain.daily import daily
from reports.models import Presence

#: How long a page counts as open after it last said so; pages say so every 20 seconds.
FRESH = timedelta(seconds=60)


def note(edition, part_code: str, *, actor) -> list[str]:
    """Remember that the actor has the part open; the others' names, by name. One upsert and one read."""
    now = clock.now()
    Presence.objects.bulk_create(
        [Presence(edition=edition, user=actor, part_code=part_code, at=now)],
        update_conflicts=True,
        unique_fields=["edition", "user"],
        update_fields=["part_code", "at"],
    )
    others = (
        Presence.objects.filter(edition=edition, part_code=part_code, at__gt=now - FRESH)
        .exclude(user=actor)
        .select_related("user")
    )
    return sorted(str(row.user) for row in others)


def in_words(names: list[str]) -> str:
    """“Trần Thị B đang mở phần này”, “A, B và 2 người khác đang mở phần này”, "" when nobody is there."""
    if not names:
        return ""
    shown = ", ".join(names[:2])
    more = f" và {len(names) - 2} người khác" if len(names) > 2 else ""
    return f"{shown}{more} đang mở phần này"


@daily("forget_presence", after=time(3, 30))
def forget_old() -> int:
    """Remove what says nothing any more; how many rows."""
    return Presence.objects.filter(at__lt=clock.now() - FRESH).delete()[0]
