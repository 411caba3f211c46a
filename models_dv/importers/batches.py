"""The way of an Excel file: taken in, checked in the background, saved in one transaction."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import islice

from django.db import IntegrityError, transaction

from models_dv import clock, permissions
from models_dv.domain import jobs
from models_dv.domain.audit import record
from models_dv.domain.jobs import Progress, Result
from models_dv.domain.sheets import Problem, Row, SheetKind, sheet_kind
from models_dv.domain.units import require_standing
from models_dv.domain.uploads import remove_stored, store_file, with_their_row
from models_dv.enums import BatchState, FileKind
from models_dv.errors import ExpectedError
from models_dv.importers import row_files
from models_dv.importers.row_files import DUPLICATE, ERROR, VALID
from models_dv.importers.sheets import Checked, check
from models_dv.importers.workbook import is_data_header, open_sheet
from models_dv.models import ImportBatch, Job, Unit, User
from models_dv.models.files import private_files
from models_dv.vietnamese.numbers import format_number

#: Rows that are made and inserted at a time: what is in memory at once.
ROWS_AT_ONCE = 10_000
KEEPING = "nhập dữ liệu của đơn vị này"
NOT_CHECKED = "Tệp này chưa kiểm tra xong hoặc đã nhập rồi. Tải lại trang để xem tình trạng"
NOTHING_TO_SAVE = "Không có dòng nào nhập được. Sửa các dòng lỗi trong tệp rồi tải lên lại"
NO_ROWS = "Dưới dòng tiêu đề chưa có dòng dữ liệu nào. Nhập dữ liệu vào tệp rồi tải lên lại"


def take_in(uploaded, *, kind: SheetKind, unit: Unit, actor: User, key: str) -> ImportBatch:
    """Keep an uploaded .xlsx and have it checked; the same ``key`` of the same actor is the same batch.

    Raises NotAllowed, UnitEnded, FileRefused, StorageFailed.
    """
    permissions.require(permissions.may_keep(actor, unit.pk), KEEPING)
    require_standing(unit, clock.today())
    known = ImportBatch.objects.filter(uploaded_by=actor, key=key).first()
    if known:
        return known
    stored = store_file(uploaded, folder=row_files.FOLDER, kinds={FileKind.XLSX})
    try:
        with with_their_row(stored.name):
            batch = ImportBatch.objects.create(
                kind=kind.name, unit=unit, key=key, uploaded_by=actor, **stored.fields()
            )
            _ask(batch, "import_check", f"Kiểm tra tệp {batch.original_name}", actor=actor)
    except IntegrityError:
        return ImportBatch.objects.get(uploaded_by=actor, key=key)
    batch.refresh_from_db()
    return batch


def ask_to_commit(batch: ImportBatch, *, actor: User) -> ImportBatch:
    """Have the valid rows saved, in the background; asked twice it is done once.

    Raises NotAllowed; ExpectedError when the file is not checked, is saved already, or has no valid row.
    """
    permissions.require(permissions.may_keep(actor, batch.unit_id), KEEPING)
    if batch.state == BatchState.COMMITTED:
        return batch
    if batch.state != BatchState.CHECKED:
        raise ExpectedError(NOT_CHECKED)
    if not batch.valid:
        raise ExpectedError(NOTHING_TO_SAVE)
    _ask(batch, "import_commit", f"Nhập {batch.original_name}", actor=actor)
    batch.refresh_from_db()
    return batch


def _ask(batch: ImportBatch, kind: str, title: str, *, actor: User) -> None:
    """The job of this step: one that stands already is run again when it ended without result."""
    asked = jobs.enqueue(
        kind,
        actor=actor,
        title=title[:200],
        unit=batch.unit,
        parameters={"batch": batch.pk},
        key=f"{kind}-{batch.pk}",
    )
    if asked.state in jobs.RETRIED or jobs.is_abandoned(asked):
        jobs.retry(asked, actor=actor)
    ImportBatch.objects.filter(pk=batch.pk).update(job=asked)


# --- checking ----------------------------------------------------------------------------------------


@jobs.job("import_check")
def check_batch(job: Job, report: Progress) -> Result:
    """Read and check every row; afterwards the batch says how many may be saved."""
    batch = ImportBatch.objects.select_related("unit", "uploaded_by").get(pk=job.parameters["batch"])
    kind = kind_of(batch).of(batch.unit, batch.uploaded_by)
    if batch.state == BatchState.UPLOADED:
        report.stage("Đang mở tệp")
        with private_files().open(batch.file, "rb") as file:
            sheet = open_sheet(file, kind)
            report.stage("Đang đọc dòng {n}/{m}", total=sheet.total, counted="dòng")
            checked = check(sheet, kind, batch.unit, report.advance)
        if not checked.total:
            row_files.forget(checked.rows_file)
            raise ExpectedError(NO_ROWS)
        _keep_result(batch, checked, [*sheet.unused, *(f"trang tính “{name}”" for name in sheet.left)])
        batch.refresh_from_db()
    return Result(
        f"Đã đọc {format_number(batch.total)} dòng: {format_number(batch.valid)} dòng nhập được, "
        f"{format_number(batch.left_out)} dòng bỏ qua",
        url=batch.get_absolute_url(),
    )


def _keep_result(batch: ImportBatch, checked: Checked, unused: Sequence[str]) -> None:
    written = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.UPLOADED).update(
        state=BatchState.CHECKED,
        rows_file=checked.rows_file,
        valid=checked.valid,
        wrong=checked.wrong,
        duplicates=checked.duplicates,
        unused=list(unused)[:50],
    )
    if not written:
        row_files.forget(checked.rows_file)


# --- saving ------------------------------------------------------------------------------------------


@jobs.job("import_commit")
def commit_batch(job: Job, report: Progress) -> Result:
    """Save the valid rows: all of them or none. A second run finds out that they are saved.

    What was entered by somebody else since the check is left out, and said.
    """
    batch = ImportBatch.objects.select_related("unit").get(pk=job.parameters["batch"])
    if batch.state == BatchState.CHECKED:
        _save(batch, kind_of(batch), job.owner, report)
        batch.refresh_from_db()
    words = f"Đã nhập {format_number(batch.saved)} {kind_of(batch).noun}"
    late = batch.valid - batch.saved
    if late and batch.state == BatchState.COMMITTED:
        words += f", bỏ qua {format_number(late)} dòng vừa có người nhập sau khi kiểm tra"
    return Result(words, url=batch.get_absolute_url())


def _save(batch: ImportBatch, kind: SheetKind, actor: User, report: Progress) -> None:
    permissions.require(permissions.may_keep(actor, batch.unit_id), KEEPING)
    report.stage("Đang đọc dòng {n}/{m}", total=batch.valid, counted="dòng")
    identities = set()
    for count, row in enumerate(valid_rows(batch, kind), start=1):
        identities.add(kind.identity(row.values, batch.unit))
        report.advance(count)
    identities.discard(None)
    report.stage(f"Đang lưu {format_number(batch.valid)} dòng")
    with transaction.atomic():
        taken = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.CHECKED).update(
            state=BatchState.COMMITTED, committed_at=clock.now(), committed_by=actor
        )
        if taken:
            _insert(batch, kind, actor, set(kind.known(identities, batch.unit)) if identities else set())


def _insert(batch: ImportBatch, kind: SheetKind, actor: User, known: set) -> None:
    """Insert in pieces, so that memory stays flat; one audit row for the batch, the noun's own for each row."""
    created, saved = {}, 0
    rows = valid_rows(batch, kind)
    rows = (row for row in rows if not known or kind.identity(row.values, batch.unit) not in known)
    for piece in iter(lambda: list(islice(rows, ROWS_AT_ONCE)), []):
        made = kind.save(piece, unit=batch.unit, actor=actor, note=lambda row: origin_of(row, batch))
        for model, ids in made.items():
            created.setdefault(model._meta.label, []).extend(ids)
        saved += len(piece)
    ImportBatch.objects.filter(pk=batch.pk).update(
        saved=saved, created={label: ranges(ids) for label, ids in created.items()}
    )
    record(
        actor=actor,
        action="Nhập từ Excel",
        obj=batch,
        after={"loại dữ liệu": kind.title, "đơn vị": str(batch.unit), "số dòng": saved},
    )


def origin_of(row: Row, batch: ImportBatch) -> str:
    """Where a saved row came from, for its audit row."""
    return f"Dòng {row.number} của tệp {batch.original_name}"


def valid_rows(batch: ImportBatch, kind: SheetKind) -> Iterator[Row]:
    """The rows that may be saved, with their values as the model stores them."""
    for row in row_files.rows(batch.rows_file, VALID):
        yield Row(row.number, kind.load(row.values))


def rows_left_out(batch: ImportBatch) -> tuple[list[str], Iterator[tuple[int, list, list[Problem]]]]:
    """The file's headers without those that we add; of each row that is not taken number, cells and problems."""
    kind = kind_of(batch)
    with private_files().open(batch.file, "rb") as file:
        sheet = open_sheet(file, kind)
    # The column of marks stays: a row that is still marked as a sample is mended there.
    places = [
        place
        for place, header in enumerate(sheet.headers)
        if is_data_header(header) or place == sheet.mark_place
    ]
    names = {place: column.header for place, column in zip(sheet.places, kind.columns, strict=True)}
    wrong = {row.number: row.problems for row in row_files.rows(batch.rows_file, ERROR + DUPLICATE)}
    rows = (
        (number, [raw[place] for place in places], wrong[number])
        for number, raw in sheet.rows()
        if number in wrong
    )
    return [names.get(place) or sheet.headers[place] for place in places], rows


def ranges(ids: Sequence[int]) -> list[list[int]]:
    """Ids as [first, last] pairs: what is inserted together has ids one after the other."""
    found: list[list[int]] = []
    for pk in sorted(ids):
        if found and pk == found[-1][1] + 1:
            found[-1][1] = pk
        else:
            found.append([pk, pk])
    return found


def kind_of(batch: ImportBatch) -> SheetKind:
    """The kind that the batch was read as; its columns as far as they do not depend on the unit."""
    kind = sheet_kind(batch.kind)
    if kind is None:
        raise ExpectedError("Loại dữ liệu này không còn nhập bằng Excel. Báo người quản trị")
    return kind


def forget_unsaved(age: timedelta) -> int:
    """Delete batches that nobody saved for longer than ``age``, with their files; how many."""
    old = ImportBatch.objects.filter(
        state__in=(BatchState.UPLOADED, BatchState.CHECKED), uploaded_at__lt=clock.now() - age
    )
    with transaction.atomic():
        batches = list(old.select_for_update())
        old.filter(pk__in=[batch.pk for batch in batches]).delete()
        remove_stored([name for batch in batches for name in (batch.file, batch.rows_file)])
    return len(batches)
