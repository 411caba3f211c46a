"""What is measured from outside: the public page beside a bare Django hello, by wrk on loopback."""

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from measure import Line

ROUNDS, SECONDS, CONNECTIONS = 3, 3, 16
HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def granian(module: str, port: int) -> list[str]:
    """One worker of the server that the portal runs on."""
    return [
        str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "2", "--no-ws", "--log-level", "error", module,
    ]  # fmt: skip


def gunicorn(module: str, port: int) -> list[str]:
    """One sync worker of gunicorn."""
    return [
        str(BIN / "gunicorn"),
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "1",
        "--log-level",
        "error",
        module,
    ]


def start(command: list[str], port: int) -> subprocess.Popen:
    """Start a server and wait until it answers."""
    environment = os.environ | {"PYTHONPATH": f"{HERE}:{HERE.parent.parent}"}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _try in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
            return server
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise SystemExit(f"server did not answer: {command[0]}")


def requests_a_second(port: int, path: str) -> float:
    """Requests a second of one address under load; bounded in time."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", f"http://127.0.0.1:{port}{path}"]
    output = subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS + 20).stdout
    if "Non-2xx" in output:
        raise SystemExit(f"{path}: errors under load\n{output}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])


def all_lines() -> list[Line]:
    """Requests a second of each target as a multiple of a bare Django hello on gunicorn."""
    targets = {
        "bare hello, gunicorn": (gunicorn, "hello:application", "/"),
        "bare hello, granian": (granian, "hello:application", "/"),
        "home": (granian, "danvan.wsgi:application", "/"),
        "published list": (granian, "danvan.wsgi:application", "/bao-cao/"),
        "summary": (granian, "danvan.wsgi:application", "/bao-cao/ha-tinh-tong-ket-2023/"),
        "search": (granian, "danvan.wsgi:application", "/tim-kiem/?q=dan+van"),
    }
    servers, rates = {}, {name: [] for name in targets}
    try:
        for server, module, _path in targets.values():
            if (server, module) not in servers:
                port = free_port()
                servers[server, module] = (start(server(module, port), port), port)
        for _round in range(ROUNDS):
            for name, (server, module, path) in targets.items():
                rates[name].append(requests_a_second(servers[server, module][1], path))
    finally:
        for process, _port in servers.values():
            process.send_signal(signal.SIGINT)
            process.wait(timeout=20)
    hello = statistics.median(rates["bare hello, gunicorn"])
    medians = {name: statistics.median(values) for name, values in rates.items()}
    return [
        Line(f"Served: {name}", round(rate / hello, 3), "× hello", note=f"{rate:.0f} a second")
        for name, rate in medians.items()
    ]
