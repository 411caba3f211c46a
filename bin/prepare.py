#!/usr/bin/env python
"""Prepare a start of bin/run in one process: port, database, static files, demo; then say where to look.

Exits with code 1 and a sentence when something stands in the way.
"""

import hashlib
import os
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.db import Error as DatabaseError
from django.db import connection


def stop(message: str):
    """End with exit code 1 and a sentence."""
    sys.stderr.write(message + "\n")
    raise SystemExit(1)


def check_port(host: str, port: str) -> None:
    """Stop when the port is not a number or somebody listens on it."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        stop(f"PORT: chỉ nhận số từ 1 đến 65535, đang là {port} (wrong port).")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            stop(
                f"Không mở được {host}:{port}: {error.strerror}. Dừng chương trình đang dùng cổng này hoặc "
                "chọn cổng khác, ví dụ PORT=8001 bin/run (address cannot be opened, choose another PORT)."
            )


def migrate() -> None:
    """Bring the database to the code's version."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        stop(
            "Không kết nối được cơ sở dữ liệu. Kiểm tra DATABASE_URL và máy chủ cơ sở dữ liệu "
            f"(database cannot be reached):\n  {str(error).strip()}"
        )
    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    except (DatabaseError, CommandError) as error:
        stop(f"Không cập nhật được cơ sở dữ liệu (migration failed):\n  {str(error).strip()}")


def static_sum() -> str:
    """A sum over what collectstatic reads: our files and the versions of the packages."""
    digest = hashlib.sha256((settings.BASE_DIR / "requirements.txt").read_bytes())
    for directory in settings.STATICFILES_DIRS:
        for path in sorted(Path(directory).rglob("*")):
            if path.is_file():
                about = path.stat()
                digest.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static() -> None:
    """Collect and compress static files when one changed."""
    stamp, now = settings.BUILD_DIR / "static.sum", static_sum()
    if stamp.exists() and stamp.read_text() == now and (settings.STATIC_ROOT / "staticfiles.json").exists():
        return
    print("Gom tệp tĩnh")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)


def load_demo() -> None:
    """Demo data, once (the command keeps its own mark), and the list of accounts."""
    if "load_demo" in get_commands():
        call_command("load_demo")
    print(f"Mật khẩu của các tài khoản mẫu: {settings.DEMO_PASSWORD}")


def main():
    """Make everything ready, then say where to look."""
    host, port = os.environ["HOST"], os.environ["PORT"]
    django.setup()
    check_port(host, port)
    migrate()
    collect_static()
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host
    address = f"http://{shown}:{port}"
    print(f"\n{settings.PORTAL['title']}")
    print(f"  Trang công khai  {address}/")
    print(f"  Đăng nhập        {address}/dang-nhap/")
    print(f"  Quản trị         {address}/quan-tri/")
    print(f"  Tình trạng       {address}/readyz")
    if settings.DEMO:
        load_demo()
    print("Dừng: Ctrl-C", flush=True)


if __name__ == "__main__":
    main()
