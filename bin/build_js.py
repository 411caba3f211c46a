#!/usr/bin/env python3
"""Join the editor's scripts of static/js into one file for each kind of part.

    python bin/build_js.py [target directory]      default: var/generated/js

A page of the editor then asks for one script. Each source keeps its names in a block of its own, so the order
of the lists matters only where one uses what another has made global. Comments that stand alone, indentation
and spaces beside signs are left out; nothing else is touched.
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
QUOTED = re.compile(r"""("[^"]*"|'[^']*'|`[^`]*`)""")
SIGN = re.compile(r" *([*=!<>&|?:;,{}()]) *")
#: A comment, an expression to match with, quotes within quotes: such a line stays as it is.
UNSURE = re.compile(r"""["'`/\\]""")


def squeeze(script: str) -> str:
    """The same script without its comments, the space before and between its lines and that beside signs."""
    lines = (_tight(line.strip()) for line in COMMENT.sub("", script).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def _tight(line: str) -> str:
    parts = QUOTED.split(line)
    if line.count("`") > 2 or UNSURE.search("".join(parts[::2])):
        return line
    return "".join(part if at % 2 else SIGN.sub(r"\1", part) for at, part in enumerate(parts))


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
