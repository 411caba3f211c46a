"""Excel: models read, checked cell by cell, looked at and saved. Each size in a process of its own, for its memory.

Alone: ``python bin/benchmarks/excel.py 10000`` takes one file of so many rows through and prints JSON.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parent.parent.parent)]
    import django

    django.setup()

import xlsxwriter
from django.core.files import File
from django.db import connection, transaction
from django.test import Client
from measure import Line, at_most
from python_calamine import CalamineWorkbook

from models_dv.domain import jobs
from models_dv.domain.sheets import sheet_kind
from models_dv.importers import batches, undoing
from models_dv.models import DanVanKheo, ImportBatch, Unit, User

SIZES = (2_500, 5_000, 10_000)
FIELDS = ("Kinh tế", "Văn hoá – xã hội", "Quốc phòng – an ninh", "Xây dựng hệ thống chính trị")
TEXT = "Nhân dân bàn bạc, thống nhất cách làm; cấp uỷ, chính quyền và Mặt trận cùng vận động từng hộ. "
#: Quality, point 5: 0.05 of the 36 s that preview and import of 10,000 rows take with import-export. Where that
#: was measured, reading with calamine, cleaning and ``bulk_create`` took 0.7 s: the yardstick of one run.
MOST_BARE, MOST_QUERIES, MOST_MEGABYTES = 1.8 / 0.7, 25, 100


def workbook(rows: int) -> File:
    """A filled-in template: 24 columns, one row in a hundred with an error."""
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("Dữ liệu")
    columns = sheet_kind("dan-van-kheo").columns
    sheet.write_row(0, 0, [column.header for column in columns])
    for number in range(1, rows + 1):
        values = {
            "name": f"Mô hình số {number} {uuid.uuid4().hex[:8]}",
            "kind": "Mô hình" if number % 3 else "Điển hình",
            "subject": "Tập thể" if number % 5 else "Cá nhân",
            "field": FIELDS[number % 4] if number % 100 else "Nông nghiệp",
            "level": "Cấp xã",
            "year": 2018 + number % 9,
            "registered_on": f"05/02/{2018 + number % 9}",
            "address": f"Thôn {number % 40}, xã Phú Lâm",
            "situation": TEXT,
            "method": TEXT * 2,
            "leads": "Chi hội Phụ nữ thôn",
            "people_served": number % 900,
            "funds": round(number % 500 / 3, 2),
            "results": TEXT,
            "results_in_numbers": f"Hộ tham gia: {number % 90} hộ",
        }
        for place, column in enumerate(columns):
            if column.key in values:
                sheet.write(number, place, values[column.key])
    book.close()
    file.seek(0)
    return File(file, name=f"{rows}.xlsx")


class Counted:
    """Seconds and statements of what happens inside the block."""

    def __enter__(self):
        self.queries, self.began = 0, time.perf_counter()
        self.watch = connection.execute_wrapper(self._count)
        self.watch.__enter__()
        return self

    def __exit__(self, *error):
        self.watch.__exit__(*error)
        self.seconds = time.perf_counter() - self.began

    def _count(self, execute, sql, params, many, context):
        self.queries += not sql.startswith(("SAVEPOINT", "RELEASE"))
        return execute(sql, params, many, context)


def run(batch: ImportBatch) -> None:
    """Do the job that the batch waits for, here and now."""
    jobs.run_job.func(batch.job_id, 1)
    batch.refresh_from_db()


def bare(file: File, unit: Unit) -> None:
    """The rows read, their fields cleaned and saved in one go, and nothing else: no word on errors, no history."""
    file.seek(0)
    head, *rows = CalamineWorkbook.from_filelike(file.file).get_sheet_by_index(0).to_python()
    at = {column.key: head.index(column.header) for column in sheet_kind("dan-van-kheo").columns}
    names = ("name", "address", "situation", "method", "leads", "results")
    with transaction.atomic():
        models = []
        for cells in rows:
            model = DanVanKheo(
                unit=unit,
                kind="mo_hinh",
                subject="collective",
                field="economy",
                level="commune",
                year=int(cells[at["year"]]),
                **{name: cells[at[name]] for name in names},
            )
            model.clean_fields(exclude=["unit"])
            model.set_keys()
            models.append(model)
        DanVanKheo.objects.bulk_create(models, batch_size=500)
        transaction.set_rollback(True)


def take_through(rows: int) -> dict:
    """One file from its upload to the saved rows; afterwards it is taken back."""
    user = User.objects.get(username="chuyenvien.phulam")
    unit, client = Unit.objects.get(code="an-binh-phulam"), Client(SERVER_NAME="localhost")
    client.force_login(user)
    file = workbook(rows)
    client.get("/lam-viec/")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Counted() as taken:
        kind = sheet_kind("dan-van-kheo")
        batch = batches.take_in(file, kind=kind, unit=unit, actor=user, key=uuid.uuid4().hex)
    with Counted() as checked:
        run(batch)
    with Counted() as seen:
        page = client.get(batch.get_absolute_url())
    batches.ask_to_commit(batch, actor=user)
    batch.refresh_from_db()
    with Counted() as saved:
        run(batch)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Counted() as yardstick:
        bare(file, unit)
    wrong = rows // 100
    assert (page.status_code, batch.state) == (200, "committed"), (page.status_code, batch.job.error)
    assert (batch.saved, batch.wrong) == (rows - wrong, wrong), (batch.saved, batch.wrong)
    with Counted() as undone:
        undoing.undo(batch, actor=user)
    total = taken.seconds + checked.seconds + seen.seconds + saved.seconds
    return {
        "seconds": {
            "taken": round(taken.seconds, 2),
            "checked": round(checked.seconds, 2),
            "seen": round(seen.seconds, 3),
            "saved": round(saved.seconds, 2),
            "undone": round(undone.seconds, 2),
            "bare": round(yardstick.seconds, 2),
        },
        "total": round(total, 2),
        "ratio": round(total / yardstick.seconds, 2),
        "queries": {"checked": checked.queries, "saved": saved.queries, "undone": undone.queries},
        "megabytes": round((after - before) / 1024, 1),
    }


def excel_lines() -> list[Line]:
    """The three sizes, and whether the cost grows with the rows."""
    found = {}
    for rows in SIZES:
        words = [sys.executable, __file__, str(rows)]
        ended = subprocess.run(words, capture_output=True, text=True, check=True)
        found[rows] = json.loads(ended.stdout.splitlines()[-1])
    most, least = found[SIZES[-1]], found[SIZES[0]]
    lines = [
        Line(f"Excel: {rows} models", figure["total"], "s", note=json.dumps(figure["seconds"]))
        for rows, figure in found.items()
    ]
    growth = most["total"] / least["total"] / (SIZES[-1] / SIZES[0])
    return [
        *lines,
        at_most(
            "Excel: 10,000 models read, checked, shown, saved / calamine + clean + bulk_create",
            most["ratio"],
            round(MOST_BARE, 2),
        ),
        at_most("Excel: queries of saving 10,000", most["queries"]["saved"], MOST_QUERIES, "queries"),
        at_most("Excel: memory for 10,000", most["megabytes"], MOST_MEGABYTES, "MB"),
        at_most("Excel: seconds a row, 10,000 / 2,500", round(growth, 2), 1.2),
    ]


if __name__ == "__main__":
    print(json.dumps(take_through(int(sys.argv[1]))))
