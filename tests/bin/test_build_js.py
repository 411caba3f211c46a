"""Scripts joined for a page: nothing of them is lost but comments and spaces that say nothing."""

import pytest

from bin import build_js


def test_comments_that_stand_alone_and_indentation_go():
    script = '/* What it is for,\n * in two lines. */\n"use strict";\n\n{\n  /* Why. */\n'
    script += '  const a = "/* kept */"; /* kept */\n}\n'
    assert build_js.squeeze(script) == '"use strict";\n{\nconst a = "/* kept */"; /* kept */\n}\n'


@pytest.mark.parametrize(
    ("line", "squeezed"),
    [
        ('  const a = "https://tinh.vn/ = 1";', 'const a="https://tinh.vn/ = 1";'),
        ("if (a && b) return { a, b };", "if(a&&b)return{a,b};"),
        ("say(`${a} : ${b}`, '( = )', a ? b : -1);", "say(`${a} : ${b}`,'( = )',a?b:-1);"),
        ("a + +b - -c * 2;", "a + +b - -c*2;"),
        ("return /a = b/.test(c, d);", "return /a = b/.test(c, d);"),
        ("`${a ? ` (${b})` : c} = `", "`${a ? ` (${b})` : c} = `"),
        ('a = "\\" = ";', 'a = "\\" = ";'),
    ],
)
def test_spaces_beside_signs_go_where_that_is_sure(line, squeezed):
    assert build_js.squeeze(line + "\n") == squeezed + "\n"


def test_no_text_in_backquotes_runs_over_lines():
    for scripts in build_js.BUNDLES.values():
        for script in scripts:
            lines = (build_js.SOURCE / f"{script}.js").read_text(encoding="utf-8").splitlines()
            assert [line for line in lines if line.count("`") % 2] == []


def test_an_unchanged_file_is_not_written_again(tmp_path):
    files = build_js.build(target=tmp_path)
    assert [path.name for path in files] == ["editor-text.js", "editor-figures.js"]
    before = [path.stat().st_mtime_ns for path in files]
    build_js.build(target=tmp_path)
    assert [path.stat().st_mtime_ns for path in files] == before
