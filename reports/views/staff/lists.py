"""What lists share: pages of a list, and the filters in force as chips."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator

PAGE_SIZE = 20
PAGE_PARAMETER = "trang"


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address that drops it."""

    label: str
    value: str
    url: str


def page_of(queryset, request, size: int = PAGE_SIZE) -> Page:
    """The page named in the address; the nearest one when the number is wrong."""
    return Paginator(queryset, size).get_page(request.GET.get(PAGE_PARAMETER))


def chips_of(filterset, request) -> list[Chip]:
    """One chip a filter that narrows the list."""
    chips = []
    form = filterset.form
    form.is_valid()
    for name, field in form.fields.items():
        value = form.cleaned_data.get(name)
        if not value:
            continue
        left = request.GET.copy()
        for dropped in (name, PAGE_PARAMETER):
            left.pop(dropped, None)
        query = left.urlencode()
        chips.append(Chip(field.label, _words(field, value), f"?{query}" if query else request.path))
    return chips


def _words(field, value) -> str:
    if value is True:
        return "có"
    labels = dict(getattr(field, "choices", ())) if isinstance(value, str) else {}
    return str(labels.get(value, value))
