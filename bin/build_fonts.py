#!/usr/bin/env python
"""Cut the pages' fonts to Latin and Vietnamese and store them as woff2, once.

    .venv/bin/python bin/build_fonts.py [--force]

Noto Sans keeps its weight axis from 400 to 700; Source Serif 4 is fixed at bold, text size. The glyphs are
cut first and the axes fixed after: the other way round takes minutes. Takes about ten seconds.
"""

import argparse
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS_DIR = Path(__file__).resolve().parent.parent / "var" / "generated" / "fonts"

VIETNAMESE_LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
VIETNAMESE_MARKED = [letter for letter in VIETNAMESE_LETTERS if not letter.isascii()]
# 67 marked letters, small and capital: the 134 that a font may lack.
VIETNAMESE = {ord(form) for letter in VIETNAMESE_MARKED for form in (letter, letter.upper())}
COMBINING_MARKS = {0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323}
LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x180)}
# Dashes, quotes, bullet, ellipsis, per mille, angle quotes, minus, arrows, comparison, dong sign, numero.
SIGNS = {ord(sign) for sign in "‐‑–—‘’‚“”„†•…‰′″‹›⁄₫€№™←↑→↓−≈≠≤≥×÷✓"}


@dataclass(frozen=True)
class Font:
    """One font file to make: the package's variable font and the axes to fix or narrow."""

    name: str
    package: str
    source: str
    axes: dict


FONTS = (
    Font(
        "noto-sans.woff2",
        "fontpkg_noto_sans",
        "NotoSans[wdth,wght].ttf",
        {"wdth": 100, "wght": (400, 700)},
    ),
    Font(
        "source-serif-4-bold.woff2",
        "fontpkg_source_serif_4",
        "SourceSerif4[opsz,wght].ttf",
        {"opsz": 20, "wght": 700},
    ),
)


def source_file(font: Font) -> Path:
    """The font in its installed package, found without importing the package."""
    from importlib.util import find_spec

    spec = find_spec(font.package)
    if spec is None:
        sys.exit(f"Thiếu gói {font.package}. Chạy bin/run để cài (package is not installed).")
    return Path(spec.submodule_search_locations[0]) / "files" / font.source


def cut(path: Path) -> TTFont:
    """The font with the wanted characters alone and the layout features that text needs."""
    options = subset.Options(
        layout_features=["kern", "mark", "mkmk", "ccmp", "locl", "calt", "liga", "tnum", "lnum"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        notdef_outline=True,
    )
    font = subset.load_font(path, options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LATIN | VIETNAMESE | COMBINING_MARKS | SIGNS)
    cutter.subset(font)
    return font


def build(font: Font) -> Path:
    """Write one woff2 file. Raises SystemExit when a Vietnamese letter is missing in it."""
    made = instancer.instantiateVariableFont(cut(source_file(font)), font.axes, inplace=True)
    missing = missing_letters(made)
    if missing:
        sys.exit(f"{font.name}: thiếu chữ {missing} (letters are missing)")
    made.flavor = "woff2"
    target = FONTS_DIR / font.name
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    made.save(draft)
    draft.replace(target)
    return target


def missing_letters(font: TTFont) -> str:
    """The marked Vietnamese letters that ``font`` has no glyph for."""
    return "".join(chr(code) for code in sorted(VIETNAMESE - font.getBestCmap().keys()))


def main():
    """Make the fonts that are not there (all of them with --force)."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--force", action="store_true", help="build again what is there")
    force = parser.parse_args().force
    FONTS_DIR.mkdir(parents=True, exist_ok=True)
    for font in FONTS:
        if force or not (FONTS_DIR / font.name).exists():
            path = build(font)
            print(f"{path.name}: {path.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
