"""What a mail says: what happened, who did it and when, and a link. Words that people wrote stay in the portal."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from models_dv import clock
from models_dv.models import Notification, User
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.numbers import format_number

SUBJECT_LENGTH = 150
#: No answers from absence, no loops.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@dataclass(frozen=True)
class Letter:
    """Notifications that go to one person in one mail."""

    recipient: User
    notifications: Sequence[Notification]

    @property
    def pks(self) -> list[int]:
        """Ids of what is in it."""
        return [notification.pk for notification in self.notifications]


def compose(letter: Letter) -> EmailMultiAlternatives:
    """The mail: plain text, and the same as simple HTML. The same letter has the same Message-ID.

    So a letter that goes out twice, because the answer of the server was lost, is one to the reader's program.
    """
    newest, count = max(letter.pks), len(letter.notifications)
    if count == 1:
        subject = letter.notifications[0].title
    else:
        subject = f"{format_number(count)} thông báo đến ngày {format_date(clock.today())}"
    host = urlsplit(settings.PORTAL_URL).hostname
    message = EmailMultiAlternatives(
        subject=one_line(subject)[:SUBJECT_LENGTH],
        to=[letter.recipient.email],
        headers={**HEADERS, "Message-ID": f"<thong-bao-{newest}-{count}@{host}>"},
    )
    context = _context(letter)
    message.body = render_to_string("emails/notifications.txt", context)
    message.attach_alternative(render_to_string("emails/notifications.html", context), "text/html")
    return message


def one_line(words: str) -> str:
    """The words without breaks of line: what a header can hold."""
    return " ".join(words.split())


def _context(letter: Letter) -> dict:
    return {
        "portal": settings.PORTAL,
        "recipient": letter.recipient,
        "rows": [
            {
                "title": row.title,
                "text": row.text,
                "at": row.created_at,
                "url": settings.PORTAL_URL + row.get_absolute_url(),
            }
            for row in letter.notifications
        ],
        "preferences_url": settings.PORTAL_URL + reverse("staff:notifications"),
        "illustrative": any(row.unit and row.unit.illustrative for row in letter.notifications),
    }
