"""Two addresses for whoever runs the portal: is the process alive, and is everything it needs there."""

import tempfile
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from models_dv.domain import mail_queue
from models_dv.domain.jobs import worker_is_seen
from reports.documents.pdf import vietnamese_font_is_installed

NEED_DATABASE = ("migrations", "cache", "worker", "mail")
#: Without these the portal serves its pages all the same: named, but not a reason to answer 503.
WARNINGS = ("worker", "mail")
NO_MAIL = "Chưa đặt DANVAN_MAIL_URL: thông báo chỉ hiện trong cổng."
FONT_FILES = ("noto-sans.woff2", "source-serif-4-bold.woff2")


@login_not_required
@never_cache
@require_safe
def alive(request):
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def ready(request):
    """Every check by name, with the mend where it fails; status 503 when one of them keeps pages from people."""
    results = []
    for name, check, mend in CHECKS:
        database_is_away = any(result["name"] == "database" and not result["ok"] for result in results)
        if name in NEED_DATABASE and database_is_away:
            results.append({"name": name, "ok": False, "mend": "Khôi phục cơ sở dữ liệu trước."})
        else:
            results.append(run(name, check, mend))
        if name == "mail" and not settings.MAIL_IS_SET:
            results[-1]["note"] = NO_MAIL
    is_ready = all(result["ok"] or result["name"] in WARNINGS for result in results)
    return JsonResponse(
        {"ready": is_ready, "checks": results},
        status=200 if is_ready else 503,
        json_dumps_params={"ensure_ascii": False},
    )


def run(name: str, check: Callable[[], bool], mend: str) -> dict:
    """One check as {name, ok} and, when it fails, the mend. An unreachable database fails the check."""
    try:
        ok = check()
    except (DatabaseError, OSError):
        ok = False
    return {"name": name, "ok": ok} if ok else {"name": name, "ok": ok, "mend": mend}


def database_answers() -> bool:
    """Whether a query comes back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations_are_applied() -> bool:
    """Whether the database is at the code's version."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def cache_keeps() -> bool:
    """Whether the shared cache gives back what it was given."""
    cache.set("readyz", "ok", 5)
    return cache.get("readyz") == "ok"


def static_files_are_collected() -> bool:
    """Whether collectstatic has run."""
    return (settings.STATIC_ROOT / "staticfiles.json").is_file()


def data_directory_is_writable() -> bool:
    """Whether a file can be written where data are kept; a full disk fails."""
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        return file.write(b"readyz") == 6


def paper_font_is_installed() -> bool:
    """Without it papers would be set in another font, and nobody would be told."""
    return vietnamese_font_is_installed()


def fonts_are_built() -> bool:
    """Whether the pages' fonts are there."""
    return all((settings.FONTS_DIR / name).is_file() for name in FONT_FILES)


def worker_works() -> bool:
    """Whether a worker for long work has been heard lately."""
    return worker_is_seen()


def mail_goes_out() -> bool:
    """Whether no mail is tried in vain again and again; without a mail server none is tried."""
    return not (settings.MAIL_IS_SET and mail_queue.is_stuck())


CHECKS = [
    ("database", database_answers, "Không kết nối được cơ sở dữ liệu. Kiểm tra DATABASE_URL và máy chủ."),
    ("migrations", migrations_are_applied, "Cơ sở dữ liệu chưa đúng phiên bản. Chạy: manage.py migrate"),
    ("cache", cache_keeps, "Bộ nhớ tạm chưa dùng được. Chạy: manage.py createcachetable"),
    ("static", static_files_are_collected, "Thiếu tệp tĩnh. Chạy: manage.py collectstatic"),
    (
        "data_dir",
        data_directory_is_writable,
        "Không ghi được thư mục dữ liệu. Kiểm tra DANVAN_DATA_DIR, quyền ghi và dung lượng đĩa.",
    ),
    ("fonts", fonts_are_built, "Thiếu phông chữ. Chạy: bin/build_fonts.py"),
    (
        "paper_font",
        paper_font_is_installed,
        "Thiếu phông chữ của văn bản. Cài gói fonts-liberation2 rồi khởi động lại.",
    ),
    (
        "worker",
        worker_works,
        "Chưa nghe thấy tiến trình chạy việc nền; các việc lâu đang chờ. "
        "Chạy: manage.py run_jobs, hoặc khởi động lại bin/run.",
    ),
    (
        "mail",
        mail_goes_out,
        "Máy chủ thư không nhận thư; các thư đang chờ và được gửi lại. "
        "Kiểm tra DANVAN_MAIL_URL, DANVAN_MAIL_FROM và máy chủ thư.",
    ),
]
