"""The portal as a person starts it: bin/run with a data directory of its own, stopped with Ctrl-C."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "mat-khau-cua-hanh-trinh"
#: Names a directory where the first run leaves its demo data for the next ones, which begin with a copy.
DEMO_DATA = "JOURNEYS_DEMO_DATA"
DATABASE = "danvan.sqlite3"
SECONDS_TO_START = 300
SECONDS_TO_STOP = 20
#: A first Ctrl-C may end a shell script with 130.
CLEAN_EXITS = (0, 130)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Portal:
    """One run of bin/run with demo data; everything it keeps is under ``directory``."""

    directory: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """Everything it has written."""
        return self._log_file.read_text(encoding="utf-8")

    @property
    def _log_file(self) -> Path:
        return self.directory / "run.log"

    def start(self) -> None:
        """Start, and wait until it is ready. Raises AssertionError with the log when it does not come up."""
        shared = Path(os.environ[DEMO_DATA]) if os.environ.get(DEMO_DATA) else None
        if shared and shared.exists():
            shutil.copytree(shared, self._data)
        # Started in the background, a process ignores Ctrl-C, and so would everything that it starts.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with self._log_file.open("wb") as log:
            self.process = subprocess.Popen(
                [PROJECT / "bin" / "run"],
                cwd=self.directory,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + SECONDS_TO_START
        while not self._is_ready():
            assert self.process.poll() is None, f"bin/run ended with {self.process.returncode}:\n{self.log}"
            assert time.monotonic() < deadline, (
                f"bin/run is not ready after {SECONDS_TO_START} s:\n{self.log}"
            )
            time.sleep(0.2)
        if shared and not shared.exists():
            self._leave_data(shared)

    def stop(self) -> None:
        """Ctrl-C; afterwards none of its processes may be left, and its log may hold no failure."""
        self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            code = None
        orphans = self._end_what_is_left()
        assert code in CLEAN_EXITS, f"bin/run ended with {code}:\n{self.log}"
        assert not orphans, f"bin/run left processes behind:\n{self.log}"
        assert "Traceback" not in self.log, self.log

    @property
    def _data(self) -> Path:
        return self.directory / "data"

    def _leave_data(self, shared: Path) -> None:
        """A copy of the data as they stand, whole once it has its name."""
        unfinished = shared.with_suffix(".part")
        shutil.copytree(self._data, unfinished, ignore=shutil.ignore_patterns(f"{DATABASE}*"))
        source, copy = sqlite3.connect(self._data / DATABASE), sqlite3.connect(unfinished / DATABASE)
        source.backup(copy)
        copy.close()
        source.close()
        unfinished.rename(shared)

    def _environment(self) -> dict[str, str]:
        """The caller's shell without what chooses another portal."""
        ours = ("DATABASE_URL", "CACHE_URL", "SECRET_KEY", "ALLOWED_HOSTS", "DEBUG", "DJANGO_SETTINGS_MODULE")
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in ours and not name.startswith(("DANVAN_", "PYTEST_"))
        }
        return kept | {
            "DANVAN_DATA_DIR": str(self._data),
            "DANVAN_DEMO_PASSWORD": PASSWORD,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
        }

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def _end_what_is_left(self) -> bool:
        """End every process of the run; whether there was one."""
        left = processes_of_session(self.process.pid)
        for process in left:
            os.kill(process, signal.SIGKILL)
        if self.process.poll() is None:
            self.process.wait()
        return bool(left)


def processes_of_session(session: int) -> list[int]:
    """The living processes that began in a session, whatever group they are in."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z" and int(fields[3]) == session:
            found.append(int(stat.parent.name))
    return found
