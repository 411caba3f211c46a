"""What is read from a file for an edition: kept for its owner, saved in one transaction, taken back, forgotten."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from decimal import Decimal

from django.db import transaction

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.domain.uploads import StoredFile, remove_stored, store_file, with_their_row
from models_dv.enums import FileKind
from models_dv.errors import ExpectedError
from reports.domain import attachments, filling
from reports.domain.filling import FigureEntry
from reports.enums import AttachmentPurpose, FigureSource, ImportKind, ImportState, ValueState
from reports.errors import SaveConflict
from reports.models import Figure, OutlineSection, ReportAttachment, ReportImport, SectionText

#: How long a file that was read waits to be saved, and how long what was saved can be taken back.
WAITING, REMEMBERED = timedelta(days=1), timedelta(days=30)
KINDS = {ImportKind.WORD: FileKind.DOCX, ImportKind.EXCEL: FileKind.XLSX}
PURPOSES = {
    ImportKind.WORD: AttachmentPurpose.IMPORTED_WORD,
    ImportKind.EXCEL: AttachmentPurpose.IMPORTED_EXCEL,
}
SAVED_ALREADY = "Tệp này đã nhập rồi. Xem kết quả ở trang này; cần nhập lại thì tải tệp lên lần nữa"
NOTHING_CHOSEN = "Chưa chọn phần nào để nhập. Chọn “Thay” hoặc “Nối” ở ít nhất một phần, hoặc chọn số liệu"
NOT_SAVED = "Lần nhập này chưa lưu gì hoặc đã hoàn tác nên không còn gì để hoàn tác"


@dataclass(frozen=True)
class TextChange:
    """What one part becomes; ``base_revision``: the one that the person saw, 0 for none.

    ``is_added``: the text of the file follows the one that stood there.
    """

    section: OutlineSection
    text: str
    base_revision: int
    is_added: bool = False


class ImportConflict(ExpectedError):
    """Somebody wrote in parts or cells since they were looked at; nothing was saved."""

    def __init__(self, parts: list[str], cells: int, who: str):
        names = [f"phần “{part}”" for part in parts]
        names += [f"{cells} ô số liệu"] if cells else []
        super().__init__(
            f"{who} vừa sửa {', '.join(names)} sau khi trang này được mở, nên chưa nhập gì. "
            "Xem lại nội dung hiện có bên dưới rồi bấm nhập lần nữa."
        )


@dataclass(frozen=True)
class Undone:
    """What was taken back, and what stays because it was changed since; in words."""

    restored: list[str]
    kept: list[str]


def keep_waiting(edition, uploaded, *, source: str, content: dict, actor) -> ReportImport:
    """Keep a file with what was read of it until it is saved or a day has passed.

    Raises NotAllowed, StaleEdition, FileRefused, StorageFailed. Older ones that wait are forgotten by the way.
    """
    attachments.require_open(edition, actor=actor)
    forget_old()
    stored = store_file(uploaded, folder=attachments.FOLDER, kinds={KINDS[source]})
    with with_their_row(stored.name):
        return ReportImport.objects.create(
            edition=edition, source=source, content=content, uploaded_by=actor, **stored.fields()
        )


@transaction.atomic
def save(
    imported: ReportImport,
    *,
    texts: list[TextChange],
    figures: Mapping[int, FigureEntry],
    skipped: Sequence[str] = (),
    actor,
) -> ReportAttachment:
    """Save what was chosen, all or nothing; the file becomes an attachment of the edition.

    ``skipped``: codes of the parts for which the file has text that was not taken.

    Raises ImportConflict where something was changed since it was looked at; NotAllowed, StaleEdition and what
    ``filling`` raises; ExpectedError when nothing is chosen or the file was saved before.
    """
    if not texts and not figures:
        raise ExpectedError(NOTHING_CHOSEN)
    _take(imported, ImportState.READ, ImportState.SAVED, saved_at=clock.now(), refusal=SAVED_ALREADY)
    edition = imported.edition
    before = {
        "texts": _texts_before(edition, texts),
        "figures": _figures_before(edition, figures),
        "skipped": list(skipped),
    }
    _write(edition, texts, figures, actor)
    after = {
        "texts": _revisions(SectionText.objects.filter(edition=edition), "section_id"),
        "figures": _revisions(_own(edition), "indicator_id"),
    }
    for what in after:
        for pk, row in before[what].items():
            row["saved"] = after[what].get(pk, 0)
    attachment = attachments.keep(edition, _stored(imported), PURPOSES[imported.source], actor=actor)
    ReportImport.objects.filter(pk=imported.pk).update(attachment=attachment, before=before, content={})
    record(
        actor=actor,
        action=f"Nhập báo cáo từ tệp {imported.get_source_display()}",
        obj=edition,
        after={
            "tệp": imported.original_name,
            "phần": [change.section.code for change in texts],
            "số chỉ tiêu": len(figures),
        },
    )
    imported.refresh_from_db()
    return attachment


@transaction.atomic
def undo(imported: ReportImport, *, actor) -> Undone:
    """Put back what stood there before, wherever nothing was changed since; the attachment stays.

    Raises NotAllowed, StaleEdition; ExpectedError when there is nothing to take back.
    """
    _take(imported, ImportState.SAVED, ImportState.UNDONE, refusal=NOT_SAVED)
    undone = Undone([], [])
    _undo_texts(imported, undone, actor)
    _undo_figures(imported, undone, actor)
    record(
        actor=actor,
        action="Hoàn tác lần nhập báo cáo từ tệp",
        obj=imported.edition,
        after={"tệp": imported.original_name, "trở lại": undone.restored, "giữ nguyên": undone.kept},
    )
    imported.refresh_from_db()
    return undone


@transaction.atomic
def discard(imported: ReportImport, *, actor) -> None:
    """Throw away a file that waits, with what was read of it. ExpectedError once it was saved."""
    deleted, _rows = ReportImport.objects.filter(
        pk=imported.pk, state=ImportState.READ, uploaded_by=actor
    ).delete()
    if not deleted:
        raise ExpectedError(SAVED_ALREADY)
    remove_stored([imported.file])


def forget_old() -> int:
    """Remove files that waited too long, and the memory of what was saved long ago; how many rows."""
    now = clock.now()
    with transaction.atomic():
        waiting = ReportImport.objects.filter(state=ImportState.READ, uploaded_at__lt=now - WAITING)
        rows = list(waiting.select_for_update().values_list("pk", "file"))
        ReportImport.objects.filter(pk__in=[pk for pk, _file in rows]).delete()
        remove_stored([file for _pk, file in rows])
        ended = ReportImport.objects.exclude(state=ImportState.READ).filter(saved_at__lt=now - REMEMBERED)
        forgotten, _rows = ended.delete()
    return len(rows) + forgotten


# --- saving -----------------------------------------------------------------------------------------------


def _take(imported: ReportImport, before: str, after: str, *, refusal: str, **values) -> None:
    """Compare and set, so that of two clicks one counts."""
    taken = ReportImport.objects.filter(pk=imported.pk, state=before).update(state=after, **values)
    if not taken:
        raise ExpectedError(refusal)


def _write(edition, texts: list[TextChange], figures: Mapping[int, FigureEntry], actor) -> None:
    parts, cells, who = [], 0, ""
    for change in texts:
        try:
            filling.save_section(
                edition,
                change.section,
                text=change.text,
                done=False,
                base_revision=change.base_revision,
                actor=actor,
            )
        except SaveConflict as conflict:
            parts.append(change.section.title)
            who = _who(conflict.theirs, actor)
    if figures:
        try:
            filling.save_figures(edition, dict(figures), actor=actor)
        except SaveConflict as conflict:
            cells = len(conflict.theirs)
            who = _who(next(iter(conflict.theirs.values())), actor)
    if parts or cells:
        raise ImportConflict(parts, cells, who)


def _who(changed: SectionText | Figure, actor) -> str:
    if changed.updated_by_id == actor.pk:
        return "Đồng chí, ở thẻ hoặc máy khác,"
    return str(changed.updated_by)


def _texts_before(edition, texts: list[TextChange]) -> dict[str, dict]:
    stored = SectionText.objects.filter(edition=edition, section__in=[change.section for change in texts])
    known = {str(row.section_id): {"text": row.text, "done": row.done} for row in stored}
    return {
        str(change.section.pk): known.get(str(change.section.pk), {"text": "", "done": False})
        | {"title": change.section.title, "code": change.section.code, "is_added": change.is_added}
        for change in texts
    }


def _figures_before(edition, figures: Mapping[int, FigureEntry]) -> dict[str, dict]:
    rows = {row.indicator_id: row for row in _own(edition).filter(indicator_id__in=list(figures))}
    return {str(pk): _as_json(rows.get(pk)) for pk in figures}


def _as_json(figure: Figure | None) -> dict:
    if figure is None:
        return asdict(FigureEntry(ValueState.EMPTY))
    value = None if figure.value is None else str(figure.value)
    fields = {name: getattr(figure, name) for name in ("value_state", "qualifier", "text", "note")}
    return {**fields, "value": value}


def _own(edition):
    return Figure.objects.filter(edition=edition, source=FigureSource.OWN)


def _revisions(rows, key: str) -> dict[str, int]:
    return {str(pk): revision for pk, revision in rows.values_list(key, "revision")}


def _stored(imported: ReportImport) -> StoredFile:
    return StoredFile(imported.file, imported.original_name, imported.size, imported.sha256, imported.kind)


# --- taking back ------------------------------------------------------------------------------------------


def _undo_texts(imported: ReportImport, undone: Undone, actor) -> None:
    edition = imported.edition
    sections = OutlineSection.objects.in_bulk([int(pk) for pk in imported.before["texts"]])
    now = _revisions(SectionText.objects.filter(edition=edition), "section_id")
    for pk, row in imported.before["texts"].items():
        if now.get(pk) != row["saved"]:
            undone.kept.append(row["title"])
            continue
        filling.save_section(
            edition,
            sections[int(pk)],
            text=row["text"],
            done=row["done"],
            base_revision=row["saved"],
            actor=actor,
        )
        undone.restored.append(row["title"])


def _undo_figures(imported: ReportImport, undone: Undone, actor) -> None:
    edition, saved = imported.edition, imported.before["figures"]
    now = dict(_own(edition).values_list("indicator_id", "revision"))
    entries = {
        int(pk): _entry(row) for pk, row in saved.items() if row["saved"] and now.get(int(pk)) == row["saved"]
    }
    if entries:
        filling.save_figures(edition, entries, actor=actor)
        undone.restored.append(f"{len(entries)} chỉ tiêu")
    if kept := sum(row["saved"] != now.get(int(pk), 0) for pk, row in saved.items()):
        undone.kept.append(f"{kept} chỉ tiêu")


def _entry(row: dict) -> FigureEntry:
    value = None if row["value"] is None else Decimal(row["value"])
    return FigureEntry(
        row["value_state"],
        value,
        row["qualifier"],
        row["text"],
        row["note"],
        base_revision=row["saved"],
    )
