"""Pages of public lists: parameter “trang”, a wrong number is no error."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator

from reports.domain.search import COUNT_CAP

PAGE_SIZE = 20


class CappedPaginator(Paginator):
    """Counts no further than COUNT_CAP + 1, however many rows there are."""

    @cached_property
    def count(self):
        """How many rows, at most one more than the cap."""
        return self.object_list.order_by()[: COUNT_CAP + 1].count()

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
    paginator = (CappedPaginator if capped else Paginator)(rows, size)
    asked, note = request.GET.get("trang", "1"), ""
    try:
        page = paginator.page(asked)
    except PageNotAnInteger:
        page, note = paginator.page(1), "Số trang chỉ nhận chữ số; đang xem trang 1."
    except EmptyPage:
        page = paginator.page(1 if int(asked) < 1 else paginator.num_pages)
        note = f"Không có trang này; đang xem trang {page.number}."
    return ShownPage(page, list(paginator.get_elided_page_range(page.number, on_each_side=1)), note)
