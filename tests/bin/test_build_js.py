"""Scripts joined for a page: nothing of them is lost but comments and the space before lines."""

from bin import build_js


def test_comments_that_stand_alone_and_indentation_go():
    script = '/* What it is for,\n * in two lines. */\n"use strict";\n\n{\n  /* Why. */\n'
    script += '  const a = "/* kept */"; /* kept */\n}\n'
    assert build_js.squeeze(script) == '"use strict";\n{\nconst a = "/* kept */"; /* kept */\n}\n'


def test_a_line_without_a_comment_keeps_its_address():
    assert build_js.squeeze('  const a = "https://tinh.vn/";\n') == 'const a = "https://tinh.vn/";\n'


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
