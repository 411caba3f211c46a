"""Telling people what happened, in the transaction in which it happens (decision 23).

One statement each, INSERT … SELECT over the people: who is told is who holds the role at that moment. It adds
nothing that can fail by itself: texts are cut to their columns, what stands already is left, and when the
database is away the step of the caller could not be taken either. Mail is only queued here.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db.models import Case, DateTimeField, Exists, F, Model, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Left
from django.utils import timezone

from models_dv import clock
from models_dv.domain.daily import daily
from models_dv.domain.insert_found import insert_found
from models_dv.enums import MailHabit, MailState, NotificationKind
from models_dv.models import Notification, Unit, UnitRole, User
from models_dv.models.notifications import NOTE_LENGTH, TEXT_LENGTH, TITLE_LENGTH

#: From when on the mail of the day goes out, in Việt Nam's time.
DIGEST_AT = time(7, 0)
#: Notifications are removed after this time, read or not.
AGE_KEPT = timedelta(days=400)


def holders(unit_id: int, *roles) -> QuerySet[User]:
    """The people who hold one of ``roles`` (any role, when none is named) in the unit."""
    rows = UnitRole.objects.filter(unit_id=unit_id)
    return User.objects.filter(pk__in=(rows.filter(role__in=roles) if roles else rows).values("user_id"))


def notify(
    recipients: QuerySet[User] | Iterable[User],
    *,
    kind: NotificationKind,
    title: str,
    text: str = "",
    note: str = "",
    url: str,
    obj: Model,
    unit: Unit | int | None,
    actor: User | None,
) -> int:
    """Tell people of one thing; how many. Once for each, in the caller's transaction.

    ``text`` says who did what, and may go out by mail; ``note`` is what a person wrote, and stays in
    the portal. ``url`` is the exact place, a path of the portal. ``unit``: through which unit they are told;
    who holds no role there is left out, and whoever loses the last one sees it no more. None: no such tie.
    Who acted and whose account is locked is not told.
    """
    if not isinstance(recipients, QuerySet):
        recipients = User.objects.filter(pk__in=[person.pk for person in recipients])
    people = recipients.filter(is_active=True)
    if actor is not None:
        people = people.exclude(pk=actor.pk)
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    if unit_id is not None:
        people = people.filter(Exists(UnitRole.objects.filter(user=OuterRef("pk"), unit=unit_id)))
    columns = {
        "recipient": F("pk"),
        "unit": unit_id,
        "url": url,
        "object_type": obj._meta.label,
        "object_id": obj.pk,
        "once": "",
    }
    return _insert(people, columns, person="", kind=kind, title=title, text=text, note=note)


def notify_holders(
    rows: QuerySet[UnitRole],
    *,
    kind: NotificationKind,
    title,
    text: str,
    note="",
    url,
    object_type: str,
    object_id,
    once,
    actor: User | None = None,
) -> int:
    """Tell the holders of roles of one thing each, many at once: one row for each of ``rows``.

    ``title``, ``note``, ``url``, ``object_id`` and ``once`` may be expressions over the rows; ``once`` names
    what is told, and a person is told the same only once. How many were told.
    """
    rows = rows.filter(user__is_active=True)
    if actor is not None:
        rows = rows.exclude(user=actor)
    columns = {
        "recipient": F("user_id"),
        "unit": F("unit_id"),
        "url": url,
        "object_type": object_type,
        "object_id": object_id,
        "once": once,
    }
    return _insert(rows, columns, person="user__", kind=kind, title=title, text=text, note=note)


def _insert(found: QuerySet, columns: dict, *, person: str, kind, title, text, note="") -> int:
    now = clock.now()
    mail, next_try_at = _mail(now, person)
    columns |= {
        "kind": str(kind),
        "title": _one_line(title) if isinstance(title, str) else Left(title, TITLE_LENGTH),
        "text": text[:TEXT_LENGTH],
        "note": note[:NOTE_LENGTH] if isinstance(note, str) else note,
        "created_at": now,
        "mail": mail,
        "tries": 0,
        "next_try_at": next_try_at,
    }
    return insert_found(
        Notification, found, {name: value for name, value in columns.items() if value is not None}
    )


def _one_line(words: str) -> str:
    return " ".join(words.split())[:TITLE_LENGTH]


def _mail(now: datetime, person: str):
    """(state, from when on) for each person, as expressions; ``person`` leads from the row to the account."""
    if not settings.MAIL_IS_SET:
        return MailState.NONE.value, None
    habit, has_address = f"{person}mail_habit", ~Q(**{f"{person}email": ""})
    queued = Value(MailState.QUEUED.value)
    each, every_day = Q(**{habit: MailHabit.EACH}), Q(**{habit: MailHabit.DAILY})
    state = Case(When(has_address & (each | every_day), then=queued), default=Value(MailState.NONE.value))
    moment = Case(
        When(has_address & each, then=Value(now, output_field=DateTimeField())),
        When(has_address & every_day, then=Value(next_digest(now), output_field=DateTimeField())),
        default=Cast(None, DateTimeField()),
    )
    return state, moment


def next_digest(now: datetime) -> datetime:
    """When the next mail of the day goes out after ``now``."""
    local = timezone.localtime(now)
    today = local.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0)
    return today if local < today else today + timedelta(days=1)


# --- what the person does ----------------------------------------------------------------------------


def mark_read(notification: Notification) -> None:
    """It has been followed or marked."""
    Notification.objects.filter(pk=notification.pk).mark_read(clock.now())


def settle(user: User, obj: Model) -> None:
    """The person has acted on the object: what he was told of it before is read."""
    told = Notification.objects.filter(recipient=user, object_type=obj._meta.label, object_id=obj.pk)
    told.mark_read(clock.now())


def mark_all_read(user: User, *, up_to: int) -> int:
    """Mark what the person had before him when the newest was ``up_to`` (an id); how many."""
    return Notification.objects.visible_to(user).filter(pk__lte=up_to).mark_read(clock.now())


def choose_mail(user: User, habit: MailHabit) -> None:
    """Set how the person is told by mail; what waits goes out by the new choice."""
    User.objects.filter(pk=user.pk).update(mail_habit=habit)
    user.mail_habit = habit
    waiting = Notification.objects.filter(recipient=user, mail=MailState.QUEUED)
    if habit == MailHabit.NEVER:
        waiting.update(mail=MailState.NONE)
        return
    now = clock.now()
    waiting.update(next_try_at=now if habit == MailHabit.EACH else next_digest(now))


@daily("forget_notifications", after=time(3, 0))
def forget_old() -> int:
    """Remove notifications that nobody looks for any more; how many."""
    old = Notification.objects.filter(created_at__lt=clock.now() - AGE_KEPT)
    return old.delete()[0]
