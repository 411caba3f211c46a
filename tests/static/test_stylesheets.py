"""What holds for all of the look: colours only from tokens, small files, nothing below 13 px."""

import gzip
import re

import pytest

from bin import build_css, build_js

ROOT = build_css.ROOT
SHEETS = sorted(build_css.SOURCE.rglob("*.css"))
KB = 1024


def compressed(*texts: str) -> int:
    return len(gzip.compress("".join(texts).encode(), 9))


@pytest.fixture(params=SHEETS, ids=lambda path: str(path.relative_to(build_css.SOURCE)))
def sheet(request):
    return re.sub(r"/\*.*?\*/", "", request.param.read_text(encoding="utf-8"), flags=re.DOTALL), request.param


def test_colours_are_written_in_tokens_only(sheet):
    css, path = sheet
    found = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*})|\b(?:rgb|hsl|oklch)a?\([^)]*\)", css)
    assert bool(found) is (path.name == "tokens.css")


def test_nothing_is_imported(sheet):
    assert "@import" not in sheet[0]


def test_no_text_is_below_13_px(sheet):
    sizes = re.findall(r"font(?:-size)?:[^;{}]*?([\d.]+)(rem|px)\b", sheet[0])
    pixels = [float(size) * (16 if unit == "rem" else 1) for size, unit in sizes]
    assert [size for size in pixels if size < 13] == []


def test_every_token_used_exists():
    css = "".join(path.read_text(encoding="utf-8") for path in SHEETS)
    tokens = set(re.findall(r"(--[\w-]+):", (build_css.SOURCE / "tokens.css").read_text(encoding="utf-8")))
    assert set(re.findall(r"var\((--[\w-]+)", css)) - tokens == set()
    assert tokens - set(re.findall(r"var\((--[\w-]+)", css)) == set()


@pytest.mark.parametrize(("name", "most"), [("public.css", 8), ("staff.css", 12)])
def test_the_stylesheet_of_a_page_is_small(name, most, tmp_path):
    """A page loads one of the two, whole."""
    (path,) = [path for path in build_css.build(target=tmp_path) if path.name == name]
    assert compressed(path.read_text(encoding="utf-8")) <= most * KB


def test_the_public_script_is_at_most_2_kb():
    assert compressed((ROOT / "static/js/public.js").read_text(encoding="utf-8")) <= 2 * KB


def test_every_icon_named_in_a_template_is_in_the_sprite():
    sprite = (ROOT / "static/img/icons.svg").read_text(encoding="utf-8")
    symbols = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    templates = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html"))
    named = set(re.findall(r'{% icon "([\w-]+)" %}|\bicon="([\w-]+)"|_icon="([\w-]+)"', templates))
    assert {name for names in named for name in names if name} - symbols == set()


def test_every_class_of_a_component_has_a_rule():
    css = "".join(path.read_text(encoding="utf-8") for path in SHEETS)
    known = set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", css))
    used = set()
    for path in (ROOT / "templates/components").glob("*.html"):
        html = re.sub(
            r"{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        for value in re.findall(r'class="((?:[^"{]|{{.*?}}|{%.*?%})*)"', html):
            used |= set(re.sub(r"[\w-]*({{.*?}}|{%.*?%})[\w-]*", " ", value).split())
    assert used - known == set()


@pytest.mark.parametrize("name", ["editor-text.js", "editor-figures.js"])
def test_all_scripts_of_the_editor_are_at_most_12_kb(name, tmp_path):
    (path,) = [path for path in build_js.build(target=tmp_path) if path.name == name]
    assert compressed(path.read_text(encoding="utf-8")) <= 12 * KB
