"""Template tags for Vietnamese figures and dates, and for the icons: `{% load vi %}`."""

import datetime
from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from models_dv.vietnamese import dates, numbers

register = template.Library()

Value = Decimal | int | float | None


@register.filter
def number(value: Value, decimals: int | None = None) -> str:
    """`{{ 1743|number }}` → 1.743; `{{ 6.5|number }}` → 6,5; nothing → –; `number:1` fixes the decimals."""
    return numbers.format_number(_or_none(value), decimals=decimals)


@register.filter
def signed(value: Value, decimals: int | None = None) -> str:
    """`{{ 105|signed }}` → +105; −86; 0; nothing → –."""
    return numbers.format_signed(_or_none(value), decimals=decimals)


@register.filter
def qualified(value: Value, qualifier: str) -> str:
    """`{{ figure.value|qualified:figure.qualifier }}` → gần 250; the code is one of `QUALIFIER_WORDS`."""
    return numbers.format_qualified(_or_none(value), qualifier or "")


@register.filter
def date_vi(value: datetime.date | None) -> str:
    """`{{ day|date_vi }}` → 05/02/2026; a moment gives its day in Việt Nam; nothing gives nothing."""
    return dates.format_date(value) if value else ""


@register.filter
def datetime_vi(value: datetime.datetime | None) -> str:
    """`{{ moment|datetime_vi }}` → 14:32 ngày 05/02/2026, in Việt Nam's time; nothing gives nothing."""
    if not value:
        return ""
    moment = _local(value)
    return f"{moment:%H:%M} ngày {dates.format_date(moment)}"


@register.filter
def of_field(error: str, label: str) -> str:
    """`{{ error|of_field:field.label }}` → “Địa chỉ: Chưa nhập”; an error that says the label itself stands alone."""
    return str(error) if str(label).casefold() in str(error).casefold() else f"{label}: {error}"


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "search" %}` → that symbol of the sprite, hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("img/icons.svg"), name
    )


def _or_none(value: Value | str) -> Value:
    """A name that the template does not know arrives as an empty text."""
    return None if value == "" else value


def _local(moment: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment
