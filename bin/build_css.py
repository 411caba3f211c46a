#!/usr/bin/env python3
"""Join the stylesheets of static/css into one file for each side of the portal.

    python bin/build_css.py [target directory]      default: var/generated/css

A page then asks for one stylesheet. The order of the lists below is the order of the cascade:
tokens, base, layout, components, pages, print. Comments and needless space are left out.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "static" / "css"
TARGET = ROOT / "var" / "generated" / "css"

FRAME = ["tokens", "base", "layout"]
SHARED = [
    "components/button",
    "components/badge",
    "components/message",
    "components/form-field",
    "components/error-summary",
    "components/table",
    "components/pager",
    "components/chips",
    "components/card",
    "components/figure-tile",
    "components/file-list",
    "components/progress",
    "components/photo",
    "components/breadcrumb",
    "components/definition-list",
    "components/empty-state",
    "components/banner-note",
    "components/chart",
    "components/result-list",
    "components/timeline",
    "components/model",
]
PUBLIC = [
    "components/site-header",
    "components/site-footer",
    "components/toc",
    "pages/public",
    "pages/account",
]
STAFF = [
    "components/app-bar",
    "components/report-bar",
    "components/part-nav",
    "components/tabs",
    "components/dialog",
    "components/comment",
    "components/diff",
    "components/figures",
    "components/matrix",
    "pages/editor",
    "pages/together",
    "pages/review",
    "pages/work",
    "pages/workflow",
    "pages/tasks",
    "pages/conferences",
    "pages/imports",
    "pages/report-import",
    "pages/publishing",
    "pages/account",
]

BUNDLES = {
    "public.css": [*FRAME, *SHARED, *PUBLIC, "print", "print-public"],
    "staff.css": [*FRAME, *SHARED, *STAFF, "print", "print-staff"],
}

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
STRING = re.compile(r'("[^"\n]*")')


def minify(css: str) -> str:
    """The same rules without comments and needless space; strings are left as they are."""
    parts = STRING.split(COMMENT.sub("", css))
    parts[::2] = [_squeeze(part) for part in parts[::2]]
    return "".join(parts).strip() + "\n"


def _squeeze(part: str) -> str:
    part = re.sub(r"\s+", " ", part)
    part = re.sub(r" ?([{};,]) ?", r"\1", part)
    return part.replace(": ", ":").replace(";}", "}")


def build(source: Path = SOURCE, target: Path = TARGET) -> list[Path]:
    """Write every bundle into `target` (only when it changed) and return the files."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for name, sheets in BUNDLES.items():
        css = "".join(minify((source / f"{sheet}.css").read_text(encoding="utf-8")) for sheet in sheets)
        path = target / name
        if not path.exists() or path.read_text(encoding="utf-8") != css:
            path.write_text(css, encoding="utf-8")
        written.append(path)
    return written


if __name__ == "__main__":
    build(target=Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET)
