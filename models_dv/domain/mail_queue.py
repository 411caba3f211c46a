"""Mail that waits in the table of notifications, sent by the worker beside its other work.

At least once, oldest first. Whoever sends takes a person's rows for LEASE (compare-and-set), so two workers
do not send the same; a worker that dies lets them go again. A server that is away or slow stops the round:
everything that was due waits for a pause that grows, and nothing is given up. Only what the server refuses
(this address, this mail) fails; the notification itself stands in the portal all the same.
"""

import logging
import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from models_dv import clock
from models_dv.domain.mail_letters import Letter, compose
from models_dv.domain.notify import next_digest
from models_dv.enums import MailHabit, MailState
from models_dv.models import Notification, User
from models_dv.scopes import unit_ids_with

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
#: After the first try, the second … and so on with the last.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60))
#: What a server refuses “for now” is given up after this time.
PATIENCE = timedelta(days=5)
#: More than so many for one person go as one mail, whatever he chose.
MOST_SINGLE = 5
PEOPLE_A_ROUND = 200
#: So many tries without success: the health page says so.
TRIES_TO_WORRY = 3


@dataclass
class Outcome:
    """What one round came to, in mails."""

    sent: int = 0
    refused: int = 0
    postponed: int = 0
    server_is_away: bool = False


class _Refused(Exception):
    """The server took the connection, but not this mail."""

    def __init__(self, for_good: bool):
        super().__init__()
        self.for_good = for_good


def send_due(*, most: int = PEOPLE_A_ROUND) -> Outcome:
    """Send what is due to at most so many people. Without a mail server set it does nothing."""
    outcome = Outcome()
    if not settings.MAIL_IS_SET:
        return outcome
    post = get_connection()
    try:
        for letter in _letters(most):
            try:
                _send(post, letter)
            except _Refused as refusal:
                _close(post)
                _note_refusal(letter, refusal, outcome)
            except OSError as error:  # every error of smtplib is one, too
                logger.warning("mail server does not take mail: %s: %s", type(error).__name__, error)
                _wait_for_server(letter)
                outcome.server_is_away = True
                return outcome
            else:
                _rows(letter).update(mail=MailState.SENT, mailed_at=clock.now(), next_try_at=None)
                outcome.sent += 1
    finally:
        _close(post)
    return outcome


def is_stuck() -> bool:
    """Whether mail has been tried in vain again and again."""
    return Notification.objects.filter(mail=MailState.QUEUED, tries__gte=TRIES_TO_WORRY).exists()


# --- which letters -----------------------------------------------------------------------------------


def _letters(most: int) -> Iterator[Letter]:
    """One letter after another, each taken when it is asked for."""
    due = Notification.objects.waiting_for_mail(clock.now()).values_list("recipient_id", flat=True)
    for recipient_id in list(dict.fromkeys(due[: most * 50]))[:most]:
        recipient = User.objects.get(pk=recipient_id)
        rows = _wanted(recipient, clock.now())
        if recipient.mail_habit == MailHabit.EACH and len(rows) <= MOST_SINGLE:
            batches = [[row] for row in rows]
        else:
            batches = [rows] if rows else []
        for batch in batches:
            letter = Letter(recipient, batch)
            if _take(letter):
                yield letter


def _wanted(recipient: User, now: datetime) -> list[Notification]:
    """What is due to the person and may still go to him; the rest is settled here."""
    due = Notification.objects.waiting_for_mail(now).filter(recipient=recipient)
    if not recipient.is_active or not recipient.email or recipient.mail_habit == MailHabit.NEVER:
        due.update(mail=MailState.NONE)
        return []
    if recipient.mail_habit == MailHabit.DAILY and _had_mail_today(recipient, now):
        due.update(next_try_at=next_digest(now))
        return []
    held = unit_ids_with(recipient)
    rows = list(due.select_related("unit"))
    gone = [row.pk for row in rows if row.unit_id is not None and row.unit_id not in held]
    if gone:
        Notification.objects.filter(pk__in=gone).update(mail=MailState.NONE)
    return sorted((row for row in rows if row.pk not in gone), key=lambda row: row.pk)


def _had_mail_today(recipient: User, now: datetime) -> bool:
    day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return Notification.objects.filter(recipient=recipient, mailed_at__gte=day).exists()


def _take(letter: Letter) -> bool:
    """All of the letter's rows or none: False when another worker has some of them."""
    now = clock.now()
    with transaction.atomic():
        due = Notification.objects.waiting_for_mail(now).filter(pk__in=letter.pks).order_by()
        taken = due.update(next_try_at=now + LEASE, tries=F("tries") + 1)
        if taken == len(letter.pks):
            return True
        transaction.set_rollback(True)
    return False


def _rows(letter: Letter):
    return Notification.objects.filter(pk__in=letter.pks, mail=MailState.QUEUED)


# --- sending, and what may go wrong ------------------------------------------------------------------


def _send(post, letter: Letter) -> None:
    """Hand the letter to the server. Raises _Refused, or what a server that is away makes of it."""
    try:
        message = compose(letter)
        message.message()
    except ValueError as error:  # an address or a header that cannot be written
        logger.warning("mail for notification %s cannot be written: %s", letter.pks[0], type(error).__name__)
        raise _Refused(for_good=True) from error
    post.open()
    try:
        post.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        raise _Refused(for_good=all(code >= 500 for code in codes)) from error
    except smtplib.SMTPDataError as error:
        raise _Refused(for_good=error.smtp_code >= 500) from error


def _note_refusal(letter: Letter, refusal: _Refused, outcome: Outcome) -> None:
    """Fail for good, or wait; after PATIENCE a refusal “for now” is one for good."""
    now = clock.now()
    too_old = min(row.created_at for row in letter.notifications) < now - PATIENCE
    if refusal.for_good or too_old:
        _rows(letter).update(mail=MailState.FAILED, next_try_at=None)
        outcome.refused += 1
        return
    tries = max(row.tries for row in letter.notifications) + 1
    _rows(letter).update(next_try_at=now + pause_after(tries))
    outcome.postponed += 1


def _wait_for_server(letter: Letter) -> None:
    """Everything that is due waits as long as this letter; it comes last then, should it be the reason."""
    now = clock.now()
    due = Notification.objects.waiting_for_mail(now).order_by()
    tries = max(row.tries for row in letter.notifications) + 1
    tries = max(tries, (due.aggregate(most=Max("tries"))["most"] or 0) + 1)
    pause = pause_after(tries)
    due.update(next_try_at=now + pause, tries=tries)
    _rows(letter).update(next_try_at=now + pause + timedelta(seconds=1), tries=tries)


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    return PAUSES[min(tries, len(PAUSES)) - 1]


def _close(post) -> None:
    try:
        post.close()
    except OSError:
        logger.debug("the mail server was gone when the connection was closed")
