#!/usr/bin/env python3
"""Join the editor's scripts of static/js into one file for each kind of part.

    python bin/build_js.py [target directory]      default: var/generated/js

A page of the editor then asks for one script. Each source keeps its names in a block of its own, so the order
of the lists matters only where one uses what another has made global. Comments that stand alone and
indentation are left out; nothing else is touched.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "static" / "js"
TARGET = ROOT / "var" / "generated" / "js"

BUNDLES = {
    f"editor-{part}.js": [
        "comments",
        "editor/keys",
        "editor/queue",
        "editor/keeping",
        f"editor/{part}",
        "editor/saving",
        "presence",
        *more,
    ]
    for part, more in {"text": ["help_place"], "figures": []}.items()
}

#: A comment with nothing before it on its line. No text of ours in quotes runs over lines.
COMMENT = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.DOTALL | re.MULTILINE)


def squeeze(script: str) -> str:
    """The same script without its comments and the space before and between its lines."""
    lines = (line.strip() for line in COMMENT.sub("", script).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def build(source: Path = SOURCE, target: Path = TARGET) -> list[Path]:
    """Write every bundle into `target` (only when it changed) and return the files."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, scripts in BUNDLES.items():
        joined = "".join(squeeze((source / f"{script}.js").read_text(encoding="utf-8")) for script in scripts)
        path = target / name
        if not path.exists() or path.read_text(encoding="utf-8") != joined:
            path.write_text(joined, encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    build(target=Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
