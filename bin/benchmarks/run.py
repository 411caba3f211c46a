"""Runs every benchmark on a fresh copy of the demo and prints a table and JSON."""

import json
import platform
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent)]

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from measure import as_json, table  # noqa: E402


def main() -> int:
    """Prepare, measure, print; exit code 1 when a bound is not kept."""
    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
    import excel
    import inside
    import lists
    import served

    lines = [*served.all_lines(), *inside.all_lines(), *excel.excel_lines(), *lists.list_lines()]
    print(table(lines))
    print(json.dumps({"python": platform.python_version(), "lines": as_json(lines)}, ensure_ascii=False))
    return int(any(line.kept is False for line in lines))


if __name__ == "__main__":
    raise SystemExit(main())
