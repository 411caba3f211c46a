"""Settings that come from outside, read from the environment.

Every wrong one is collected, so that one start names them all; then the process stops with exit code 1
and no traceback. Values that may be secret are never repeated in a message.
"""

import contextlib
import os
import re
import secrets
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

POSTGRESQL = "django.db.backends.postgresql"
SQLITE = "django.db.backends.sqlite3"
SECRET_KEY_LENGTH = 50
TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"", "0", "false", "no", "off"}

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}

#: Scheme of DANVAN_MAIL_URL → (usual port, STARTTLS, TLS from the first byte).
MAIL_SCHEMES = {
    "smtp": (25, False, False),
    "smtp+tls": (587, True, False),
    "smtp+ssl": (465, False, True),
}
NO_MAIL = {
    "BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "HOST": "",
    "PORT": 0,
    "HOST_USER": "",
    "HOST_PASSWORD": "",
    "USE_TLS": False,
    "USE_SSL": False,
}
ADDRESS = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class Environment:
    """Reads named values and remembers what is wrong with them.

    ``values`` is usually ``os.environ``. A reader always returns something usable, so that reading goes on
    after a wrong value; ``stop_if_wrong`` ends the process when there was one.
    """

    def __init__(self, values: Mapping[str, str]):
        self.values = values
        self.problems: list[str] = []

    def wrong(self, name: str, vietnamese: str, english: str) -> None:
        """Remember that the setting ``name`` is wrong, with the mend in Vietnamese and short English."""
        self.problems.append(f"{name}: {vietnamese} ({english})")

    def stop_if_wrong(self) -> None:
        """Print every wrong setting to stderr and exit with code 1; do nothing when all are right."""
        if not self.problems:
            return
        lines = ["Cấu hình chưa đúng, cổng chưa chạy (wrong settings, not started):"]
        lines += [f"  - {problem}" for problem in self.problems]
        sys.stderr.write("\n".join(lines) + "\n")
        raise SystemExit(1)

    def text(self, name: str, default: str = "") -> str:
        """The value without surrounding spaces; ``default`` when unset or empty."""
        return self.values.get(name, "").strip() or default

    def words(self, name: str) -> list[str]:
        """A comma-separated value as a list without empty items."""
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def flag(self, name: str, default: bool) -> bool:
        """Yes or no; any other word is a mistake, never silently a no."""
        if name not in self.values:
            return default
        word = self.text(name).lower()
        if word in TRUE_WORDS | FALSE_WORDS:
            return word in TRUE_WORDS
        self.wrong(name, "chỉ nhận 1 hoặc 0.", "use 1 or 0")
        return default

    def number(self, name: str, default: int) -> int:
        """A whole number from 0 up."""
        word = self.text(name, str(default))
        if word.isascii() and word.isdigit():
            return int(word)
        self.wrong(name, "chỉ nhận số nguyên từ 0 trở lên.", "use a whole number, 0 or more")
        return default

    def directory(self, name: str, default: Path) -> Path:
        """An absolute directory that exists afterwards and can be written to."""
        path = Path(self.text(name, str(default))).expanduser().absolute()
        if self.made(name, path) and not os.access(path, os.W_OK | os.X_OK):
            self.wrong(name, f"không ghi được vào thư mục {path}. Chọn nơi ghi được.", "not writable")
        return path

    def made(self, name: str, path: Path) -> bool:
        """Make ``path`` unless it is there; a failure is a mistake of the setting ``name``."""
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError:
            self.wrong(name, f"không tạo được thư mục {path}. Chọn nơi ghi được.", "cannot be created")
            return False
        return True

    def secret_key(self, *, demo: bool, data_dir: Path) -> str:
        """The signing key: from SECRET_KEY; in a demo without one, a random key kept in ``data_dir``."""
        key = self.text("SECRET_KEY")
        if not key and demo:
            return "" if self.problems else self.kept(data_dir / "demo_secret_key", length=SECRET_KEY_LENGTH)
        if not key:
            self.wrong(
                "SECRET_KEY",
                f"chưa đặt. Đặt một chuỗi ngẫu nhiên từ {SECRET_KEY_LENGTH} ký tự, "
                "hoặc DANVAN_DEMO=1 để xem thử.",
                f"missing; set {SECRET_KEY_LENGTH}+ random characters, or DANVAN_DEMO=1 for a demo",
            )
        elif not demo and is_weak(key):
            self.wrong(
                "SECRET_KEY",
                f"quá yếu. Đặt một chuỗi ngẫu nhiên từ {SECRET_KEY_LENGTH} ký tự.",
                f"too weak; use {SECRET_KEY_LENGTH}+ random characters",
            )
        return key

    def demo_password(self, *, demo: bool, data_dir: Path) -> str:
        """The demo accounts' password: DANVAN_DEMO_PASSWORD, else a random one; kept in ``data_dir``."""
        if not demo or self.problems:
            return ""
        path, wanted = data_dir / "demo_password", self.text("DANVAN_DEMO_PASSWORD")
        kept = self.kept(path, length=9)
        if wanted and wanted != kept:
            write_secret(path, wanted)
        return wanted or kept

    def kept(self, path: Path, *, length: int) -> str:
        """The random secret kept in ``path``; one that another account made is a mistake."""
        try:
            return kept_secret(path, length=length)
        except OSError:
            self.wrong("DANVAN_DATA_DIR", f"không đọc được {path}. Sửa quyền của tệp.", "file cannot be read")
            return ""

    def allowed_hosts(self, *, demo: bool) -> list[str]:
        """Host names the portal answers to; a demo answers to this machine alone unless told otherwise."""
        hosts = self.words("ALLOWED_HOSTS")
        if not hosts and demo:
            return ["localhost", "127.0.0.1", "[::1]"]
        if not hosts:
            self.wrong(
                "ALLOWED_HOSTS",
                "chưa đặt. Ghi tên miền của cổng, ví dụ danvan.tinh.gov.vn.",
                "missing; set the portal's host names, separated by commas",
            )
        elif "*" in hosts and not demo:
            self.wrong("ALLOWED_HOSTS", "không dùng “*”. Ghi rõ tên miền của cổng.", "'*' is not accepted")
        return hosts

    def database(self, *, base_dir: Path, data_dir: Path) -> dict:
        """Django's database settings from DATABASE_URL; SQLite in ``data_dir`` when unset."""
        url = self.text("DATABASE_URL", f"sqlite:///{data_dir / 'danvan.sqlite3'}")
        try:
            config = environ.Env.db_url_config(url) if "://" in url else {}
        except ValueError:
            config = {}
        options = config.pop("OPTIONS", {})
        if config.get("ENGINE") == SQLITE:
            config["NAME"] = self.sqlite_file(config["NAME"], base_dir)
            return {**config, "OPTIONS": {**SQLITE_OPTIONS, **options}}
        if config.get("ENGINE") == POSTGRESQL and config["NAME"]:
            kept_open = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
            return {**kept_open, **config, "OPTIONS": {"connect_timeout": 5, **options}}
        self.wrong(
            "DATABASE_URL",
            "không đọc được. Viết postgres://người-dùng:mật-khẩu@máy:5432/tên hoặc sqlite:////đường/dẫn/tệp.sqlite3.",
            "cannot be read; use postgres://user:password@host:5432/name or sqlite:////path/file.sqlite3",
        )
        return {"ENGINE": SQLITE, "NAME": ":memory:"}

    def sqlite_file(self, name: str, base_dir: Path) -> str:
        """An absolute file name (relative ones stand under the project), in a directory that exists."""
        if name == ":memory:":
            return name
        path = base_dir / name
        if "DATABASE_URL" in self.values and not path.parent.is_dir():
            self.wrong(
                "DATABASE_URL", f"thư mục {path.parent} không có. Tạo thư mục trước.", "no such directory"
            )
        return str(path)

    def cache(self) -> dict:
        """A cache that all workers share: a table of the database, or what CACHE_URL names."""
        table = {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "portal_cache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
        url = self.text("CACHE_URL")
        if not url:
            return table
        try:
            return environ.Env.cache_url_config(url)
        except (ImproperlyConfigured, ValueError):
            self.wrong(
                "CACHE_URL", "không đọc được. Bỏ trống để dùng bảng trong cơ sở dữ liệu.", "cannot be read"
            )
            return table

    def mail(self) -> dict:
        """Django's mail settings without their “EMAIL_”, from DANVAN_MAIL_URL; no host: no mail goes out."""
        if not self.text("DANVAN_MAIL_URL"):
            return NO_MAIL
        parts = address_parts(self.text("DANVAN_MAIL_URL"))
        if parts is None or parts.scheme not in MAIL_SCHEMES or not parts.hostname:
            self.wrong(
                "DANVAN_MAIL_URL",
                "không đọc được. Viết smtp+tls://người-dùng:mật-khẩu@máy:587 (hoặc smtp://, smtp+ssl://).",
                "cannot be read; use smtp+tls://user:password@host:587, smtp:// or smtp+ssl://",
            )
            return NO_MAIL
        port, tls, ssl = MAIL_SCHEMES[parts.scheme]
        return {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "HOST": parts.hostname,
            "PORT": parts.port or port,
            "HOST_USER": unquote(parts.username or ""),
            "HOST_PASSWORD": unquote(parts.password or ""),
            "USE_TLS": tls,
            "USE_SSL": ssl,
        }

    def mail_sender(self, *, needed: bool) -> str:
        """The address that mail comes from."""
        sender = self.text("DANVAN_MAIL_FROM")
        if needed and not ADDRESS.fullmatch(sender):
            self.wrong(
                "DANVAN_MAIL_FROM",
                "đặt một địa chỉ thư, ví dụ danvan@tinh.gov.vn.",
                "set the sender's address, for example danvan@tinh.gov.vn",
            )
        return sender

    def portal_url(self, *, needed: bool) -> str:
        """“https://danvan.example.vn”: where links in mails lead, without a slash at the end."""
        url = self.text("DANVAN_PORTAL_URL").rstrip("/")
        parts = address_parts(url)
        is_good = parts and parts.scheme in ("http", "https") and parts.hostname and not parts.username
        if (url or needed) and not (is_good and url == f"{parts.scheme}://{parts.netloc}"):
            self.wrong(
                "DANVAN_PORTAL_URL",
                "đặt địa chỉ của cổng để thư dẫn về đúng nơi, ví dụ https://danvan.tinh.gov.vn.",
                "set the portal's address, for example https://danvan.tinh.gov.vn",
            )
        return url


def address_parts(url: str) -> SplitResult | None:
    """The parts of an address; None when it is none."""
    try:
        parts = urlsplit(url)
        return parts if parts.port is None or parts.port else None
    except ValueError:
        return None


def is_weak(key: str) -> bool:
    """Too short, too few different characters, or Django's sample key."""
    return len(key) < SECRET_KEY_LENGTH or len(set(key)) < 5 or key.startswith("django-insecure-")


def kept_secret(path: Path, *, length: int) -> str:
    """The random secret in ``path``: ``length`` bytes as text, made on first use.

    Its mode is 600, and two processes that start at once agree on it. Raises OSError.
    """
    if not path.exists():
        write_secret(path, secrets.token_urlsafe(length), replace=False)
    return path.read_text()


def write_secret(path: Path, secret: str, *, replace: bool = True) -> None:
    """Write ``secret`` with mode 600, whole or not at all; without ``replace`` an existing file stays."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret)
    if replace:
        draft.replace(path)
        return
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
