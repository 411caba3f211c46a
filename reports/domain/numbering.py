"""Document numbers: unique in (body, document type, term); see domain.md §3, “Number”."""

from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from models_dv.models import CommitteeTerm, Unit
from reports.errors import MissingInput, NumberTaken
from reports.models import DocumentNumber, NumberSeries

DOCUMENT_TYPE = "BC"


def term_of(unit: Unit, on) -> CommitteeTerm:
    """The term of the unit's committee that runs on the day; MissingInput when none is declared."""
    terms = CommitteeTerm.objects.filter(unit=unit, starts_on__lte=on)
    term = terms.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on)).order_by("-starts_on").first()
    if term is None:
        raise MissingInput(
            "Chưa khai báo nhiệm kỳ của đơn vị cho ngày ban hành này. Nhờ quản trị thêm nhiệm kỳ rồi phát hành lại.",
            "issued_on",
        )
    return term


def next_number(unit: Unit, on) -> int:
    """The number that would come next: of the portal's series, or one above the last number entered."""
    term = term_of(unit, on)
    if unit.portal_numbers:
        series = NumberSeries.objects.filter(term=term, document_type=DOCUMENT_TYPE).first()
        return (series.last_number if series else 0) + 1
    used = DocumentNumber.objects.filter(term=term, document_type=DOCUMENT_TYPE)
    return (used.aggregate(last=Max("number"))["last"] or 0) + 1


def take(edition, unit: Unit, number: int, on) -> DocumentNumber:
    """Enter ``number`` in the register, inside the caller's transaction.

    Where the portal keeps the series, its row is locked and ``number`` must be the next one, so that a
    failure leaves no gap. Raises NumberTaken.
    """
    term = term_of(unit, on)
    if unit.portal_numbers:
        NumberSeries.objects.get_or_create(term=term, document_type=DOCUMENT_TYPE)
        series = NumberSeries.objects.select_for_update().get(term=term, document_type=DOCUMENT_TYPE)
        if series.last_number + 1 != number:
            raise NumberTaken(
                "Số vừa được cấp cho văn bản khác. Bấm Phát hành, gửi lần nữa để lấy số tiếp theo.", "number"
            )
        series.last_number = number
        series.save(update_fields=["last_number"])
    try:
        with transaction.atomic():
            return DocumentNumber.objects.create(
                term=term, document_type=DOCUMENT_TYPE, number=number, edition=edition
            )
    except IntegrityError:
        raise NumberTaken(
            f"Số {number:02d}-{DOCUMENT_TYPE} đã dùng trong nhiệm kỳ {term.name}. Xem lại sổ công văn và nhập số khác.",
            "number",
        ) from None
