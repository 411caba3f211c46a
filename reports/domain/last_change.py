"""Who did what last, and when: for a person whose page has become old. Read only then."""

from reports.domain.notices import moment
from reports.enums import Action
from reports.models import EditionEvent, Figure, ReportEdition, SectionText


def last_step(edition: ReportEdition) -> str:
    """“Nguyễn Văn A đã trả lại để bổ sung lúc 14:32 ngày 05/07/2026.”; "" where no step was taken."""
    event = _last_event(edition)
    return _step_words(event) if event else ""


def last_change(edition: ReportEdition) -> str:
    """The last step, or the last save where that came after it; "" where there was neither."""
    event, saved = _last_event(edition), _last_save(edition)
    if saved is not None and (event is None or saved.updated_at > event.at):
        return f"{saved.updated_by} đã sửa nội dung lúc {moment(saved.updated_at)}."
    return _step_words(event) if event else ""


def later_step(event: EditionEvent) -> str:
    """The last step of the report after this one; "" where there was none."""
    events = EditionEvent.objects.filter(edition__report=event.edition.report_id, pk__gt=event.pk)
    later = events.exclude(action__in=[Action.BEGIN, Action.REPLACE]).select_related("actor")
    last = later.order_by("-at", "-pk").first()
    return _step_words(last) if last else ""


def _step_words(event: EditionEvent) -> str:
    label = Action(event.action).label
    return f"{event.actor} đã {label[0].lower()}{label[1:]} lúc {moment(event.at)}."


def _last_event(edition: ReportEdition) -> EditionEvent | None:
    events = EditionEvent.objects.filter(edition_id=edition.pk).exclude(action=Action.BEGIN)
    return events.select_related("actor").order_by("-at", "-pk").first()


def _last_save(edition: ReportEdition) -> SectionText | Figure | None:
    rows = [
        model.objects.filter(edition_id=edition.pk)
        .select_related("updated_by")
        .order_by("-updated_at")
        .first()
        for model in (SectionText, Figure)
    ]
    return max((row for row in rows if row), key=lambda row: row.updated_at, default=None)
