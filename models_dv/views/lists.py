"""What lists share: pages (parameter “trang”, a wrong number is no error) and the filters in force as chips."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator

from models_dv.domain.search import COUNT_CAP
from models_dv.domain.unit_names import name_of_code
from models_dv.vietnamese.dates import format_date

PAGE_SIZE = 20
PAGE_PARAMETER = "trang"


class CappedPaginator(Paginator):
    """Counts no further than COUNT_CAP + 1, however many rows there are."""

    @cached_property
    def count(self):
        """How many rows, at most one more than the cap."""
        return self.object_list.order_by().values("pk")[: COUNT_CAP + 1].count()

    @property
    def is_capped(self) -> bool:
        """Whether there are more than counted."""
        return self.count > COUNT_CAP

    @cached_property
    def num_pages(self):
        """Pages of what was counted."""
        return max(1, -(-min(self.count, COUNT_CAP) // self.per_page))


@dataclass(frozen=True)
class ShownPage:
    """A page, the numbers of its pager, and a word where the page asked for is not there."""

    page: Page
    numbers: list
    note: str = ""


def page_of(request, rows, *, size: int = PAGE_SIZE, capped: bool = False) -> ShownPage:
    """The page that ``?trang=`` asks for, or the nearest there is."""
    asked, note = request.GET.get(PAGE_PARAMETER, "1"), ""
    paginator = (CappedPaginator if capped else Paginator)(rows, size)
    try:
        page = _first_page(paginator) if capped and asked == "1" else paginator.page(asked)
    except PageNotAnInteger:
        page, note = paginator.page(1), "Số trang chỉ nhận chữ số; đang xem trang 1."
    except EmptyPage:
        page = paginator.page(1 if int(asked) < 1 else paginator.num_pages)
        note = f"Không có trang này; đang xem trang {page.number}."
    return ShownPage(page, list(paginator.get_elided_page_range(page.number, on_each_side=1)), note)


def _first_page(paginator: CappedPaginator) -> Page:
    """Page 1; where it is the only one its rows are the count, and nothing else is asked."""
    rows = list(paginator.object_list[: paginator.per_page + 1])
    if len(rows) <= min(paginator.per_page, COUNT_CAP):
        paginator.count = len(rows)
    return Page(rows[: paginator.per_page], 1, paginator)


@dataclass(frozen=True)
class Chip:
    """A filter in force, with the address that drops it."""

    label: str
    value: str
    url: str


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
    if isinstance(value, date):
        return format_date(value)
    if getattr(field, "means_unit", False):
        return name_of_code(value)
    labels = dict(getattr(field, "choices", ())) if isinstance(value, str) else {}
    return str(labels.get(value, value))
