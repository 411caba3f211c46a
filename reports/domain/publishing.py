"""Publications: choose, write, confirm by a second person, correct, withdraw (architecture, decision 6).

The default is that nothing is public. Values are copied from the edition in force, never typed.
"""

from django.db import IntegrityError, transaction
from django.db.models import Q

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.errors import NotAllowed
from models_dv.vietnamese.fold import normalize, slugify_vi
from reports import permissions
from reports.domain.publication_content import (
    KEY_FIGURES,
    FigureChoice,
    SectionChoice,
    candidates,
    fill_search,
    write_figures,
    write_sections,
)
from reports.enums import PublicationAction, PublicationState, State
from reports.errors import MissingInput, StaleEdition, StepNotPossible
from reports.models import (
    Publication,
    PublicationEvent,
    PublicationVersion,
    Report,
)
from reports.workflow import find_publication_move

#: Why the writer does not find “Công bố”, or is refused.
ALONE = "Người soạn không tự công bố. Nhờ người khác có quyền công bố của đơn vị xác nhận."


def is_publishable(report) -> bool:
    """Whether the report has an edition that the public may hear of: accepted, of a root body issued."""
    counts = State.ISSUED if report.parent_id is None else State.ACCEPTED
    return report.in_force is not None and report.in_force.state == counts


def publishable() -> Q:
    """Reports that are ``is_publishable``."""
    return Q(parent__isnull=True, in_force__state=State.ISSUED) | Q(
        parent__isnull=False, in_force__state=State.ACCEPTED
    )


@transaction.atomic
def start(report, *, actor) -> PublicationVersion:
    """The draft of a report's publication: a new one, or the one already being written.

    A published one is corrected with ``start_correction``. Raises StepNotPossible when no edition of
    the report is in force and accepted (or issued, for a root body).
    """
    permissions.require_publisher(actor, report.unit_id, report.unit_version.name)
    if not is_publishable(report):
        raise StepNotPossible("Chỉ công bố từ báo cáo đã được tiếp nhận (đơn vị cao nhất: đã phát hành).")
    Report.objects.select_for_update().get(pk=report.pk)
    publication = Publication.objects.filter(report=report).first()
    if publication is None:
        publication = Publication.objects.create(
            unit=report.unit,
            unit_version=report.unit_version,
            period=report.round.period,
            slug=_free_slug(f"{report.unit_version.short_name} {report.round.period.label}"),
            report=report,
        )
    open_version = _open_version(publication)
    if open_version:
        return open_version
    if publication.current_id and publication.current.state == PublicationState.PUBLISHED:
        raise StepNotPossible("Báo cáo này đã công bố. Dùng “Đính chính” để ra bản mới.")
    return _new_version(
        publication, report.in_force, actor, title=f"Kết quả công tác dân vận {report.round.period.label}"
    )


@transaction.atomic
def start_correction(publication, *, actor) -> PublicationVersion:
    """A new version to correct what is published, beginning with the same words; the old one stays readable."""
    permissions.require_publisher(actor, publication.unit_id, publication.unit_version.name)
    Publication.objects.select_for_update().get(pk=publication.pk)
    open_version = _open_version(publication)
    if open_version:
        return open_version
    old = publication.current
    if old is None or old.state != PublicationState.PUBLISHED:
        raise StepNotPossible("Chỉ đính chính nội dung đang công bố.")
    edition = publication.report.in_force if publication.report_id else None
    new = _new_version(publication, edition, actor, title=old.title, lead=old.lead)
    for section in old.sections.all():
        section.pk, section.version = None, new
        section.save()
    figures = [FigureChoice(f.code, f.is_key, f.note) for f in old.figures.all()]
    if edition:
        write_figures(new, figures)
    else:
        for figure in old.figures.all():
            figure.pk, figure.version = None, new
            figure.save()
    return new


def _open_version(publication) -> PublicationVersion | None:
    return publication.versions.filter(state__in=[PublicationState.DRAFT, PublicationState.IN_REVIEW]).first()


def _new_version(publication, edition, actor, **words) -> PublicationVersion:
    last = publication.versions.order_by("-number").first()
    version = PublicationVersion.objects.create(
        publication=publication,
        number=(last.number if last else 0) + 1,
        edition=edition,
        written_by=actor,
        **words,
    )
    record(actor=actor, action="Soạn công bố", obj=version, after={"lần": version.number})
    return version


def _free_slug(text: str) -> str:
    base = slugify_vi(text, max_length=100)
    slug, count = base, 1
    while Publication.objects.filter(slug=slug).exists():
        count += 1
        slug = f"{base}-{count}"
    return slug


@transaction.atomic
def save_version(
    version: PublicationVersion,
    *,
    title: str,
    lead: str,
    sections: list[SectionChoice],
    figures: list[FigureChoice],
    correction_note: str = "",
    base_revision: int,
    actor,
) -> PublicationVersion:
    """Save the words and choices of a draft. Raises StaleEdition when somebody saved it meanwhile."""
    publication = version.publication
    permissions.require_publisher(actor, publication.unit_id, publication.unit_version.name)
    if sum(choice.is_key for choice in figures) > KEY_FIGURES:
        raise MissingInput(f"Chọn nhiều nhất {KEY_FIGURES} con số chính.", "figures")
    values = {
        "title": normalize(title).strip(),
        "lead": normalize(lead).strip(),
        "correction_note": normalize(correction_note).strip(),
    }
    changed = PublicationVersion.objects.filter(
        pk=version.pk, state=PublicationState.DRAFT, revision=base_revision
    ).update(revision=base_revision + 1, written_by=actor, **values)
    if not changed:
        raise StaleEdition(
            "Bản công bố vừa được người khác sửa hoặc gửi duyệt. Tải lại trang để xem bản mới."
        )
    version.refresh_from_db(fields=["title", "lead", "correction_note", "revision", "written_by"])
    if version.edition_id:
        allowed = {section.code for section, _text in candidates(version.edition).sections}
        sections = [choice for choice in sections if choice.code in allowed]
    version.sections.all().delete()
    write_sections(version, sections)
    if version.edition_id:
        version.figures.all().delete()
        write_figures(version, figures)
    fill_search(version)
    return version


def step(version, action: str, *, actor, key: str, note: str = "") -> PublicationEvent:
    """Take one step of a publication version; the same act repeated (``key``) answers with the first event.

    Raises StepNotPossible, StaleEdition, NotAllowed, MissingInput.
    """
    earlier = _earlier(version, action, actor, key)
    if earlier:
        return earlier
    try:
        with transaction.atomic():
            return _carry_out(version, action, actor, key, normalize(note).strip())
    except (IntegrityError, StaleEdition, StepNotPossible):
        earlier = _earlier(version, action, actor, key)
        if earlier is None:
            raise
        return earlier


def _earlier(version, action, actor, key) -> PublicationEvent | None:
    event = PublicationEvent.objects.filter(actor=actor, key=key).first()
    if event and (event.version_id != version.pk or event.action != action):
        raise StepNotPossible("Trang này đã dùng cho một việc khác. Tải lại trang rồi làm lại.")
    return event


def _carry_out(version, action, actor, key, note) -> PublicationEvent:
    seen = version.revision
    version = PublicationVersion.objects.select_related(
        "publication__unit_version", "publication__report"
    ).get(pk=version.pk)
    publication = version.publication
    permissions.require_publisher(actor, publication.unit_id, publication.unit_version.name)
    move = find_publication_move(version.state, action)
    if move is None:
        raise StepNotPossible(
            f"Bản công bố đang ở tình trạng “{version.get_state_display()}” nên không làm được việc "
            f"“{PublicationAction(action).label}”. Tải lại trang."
        )
    if "reason" in move.needs and not note:
        raise MissingInput("Ghi lý do.", "note")
    if "second_person" in move.needs and version.written_by_id == actor.pk:
        raise NotAllowed(ALONE)
    if action in (PublicationAction.ASK, PublicationAction.PUBLISH):
        _check_source(version)
    if action == PublicationAction.ASK:
        _check_complete(version)
    if action == PublicationAction.PUBLISH:
        _supersede_current(version, actor)
    before, now = version.state, clock.now()
    values = {"state": move.target}
    if action == PublicationAction.PUBLISH:
        values |= {"confirmed_by": actor, "published_at": now}
    if action == PublicationAction.WITHDRAW:
        values["ended_at"] = now
    changed = PublicationVersion.objects.filter(pk=version.pk, state=before, revision=seen).update(
        revision=seen + 1, **values
    )
    if changed != 1:
        raise StaleEdition("Bản công bố vừa thay đổi sau khi trang này được mở. Tải lại trang.")
    if action == PublicationAction.PUBLISH:
        Publication.objects.filter(pk=publication.pk).update(
            current=version, first_published_at=publication.first_published_at or now
        )
    return _write_event(version, action, before, move.target, actor, key, note)


def _check_source(version) -> None:
    """What goes out comes from the edition in force, not from one replaced meanwhile."""
    report = version.publication.report
    if report and report.in_force_id != version.edition_id:
        raise StepNotPossible(
            "Báo cáo đã có bản mới thay cho bản dùng để soạn công bố này. Huỷ dự thảo rồi soạn lại từ bản mới."
        )


def _check_complete(version) -> None:
    if not version.title:
        raise MissingInput("Nhập tiêu đề trước khi gửi duyệt.", "title")
    if not version.lead:
        raise MissingInput("Nhập lời dẫn trước khi gửi duyệt.", "lead")
    if not version.sections.exists() and not version.figures.exists():
        raise MissingInput("Chọn ít nhất một phần hoặc một chỉ tiêu để công bố.", "sections")
    if version.number > 1 and not version.correction_note and _has_published(version):
        raise MissingInput("Ghi nội dung đính chính để người đọc biết có gì thay đổi.", "correction_note")


def _has_published(version) -> bool:
    current = version.publication.current
    return current is not None and current.state == PublicationState.PUBLISHED


def _supersede_current(version, actor) -> None:
    """The version published until now stays readable, linked to the new one."""
    old = version.publication.versions.filter(state=PublicationState.PUBLISHED).first()
    if old is None:
        return
    PublicationVersion.objects.filter(pk=old.pk, state=PublicationState.PUBLISHED).update(
        state=PublicationState.SUPERSEDED, ended_at=clock.now(), revision=old.revision + 1
    )
    key = f"supersede:{old.pk}:{version.pk}"
    _write_event(
        old,
        PublicationAction.SUPERSEDE,
        PublicationState.PUBLISHED,
        PublicationState.SUPERSEDED,
        actor,
        key,
        f"Thay bằng lần {version.number}",
    )


def _write_event(version, action, before, after, actor, key, note) -> PublicationEvent:
    event = PublicationEvent.objects.create(
        version=version,
        action=action,
        from_state=before,
        to_state=after,
        actor=actor,
        at=clock.now(),
        key=key,
        note=note,
    )
    record(
        actor=actor,
        action=PublicationAction(action).label,
        obj=version,
        before={"tình trạng": PublicationState(before).label},
        after={"tình trạng": PublicationState(after).label},
        note=note,
    )
    return event
