"""Joining the stylesheets."""

from bin import build_css


def test_comments_and_needless_space_go():
    css = "/* one */\n.a { color: var(--ink); margin: 0 auto; }\n\n.b > .c,\n.d { width: calc(1px + 2px); }\n"
    assert build_css.minify(css) == ".a{color:var(--ink);margin:0 auto}.b > .c,.d{width:calc(1px + 2px)}\n"


def test_strings_are_left_as_they_are():
    css = '[data-label]::before { content: attr(data-label) ": "; }\n.a { content: "›  {x; }"; }\n'
    assert build_css.minify(css) == (
        '[data-label]::before{content:attr(data-label) ": "}.a{content:"›  {x; }"}\n'
    )


def test_the_space_that_joins_a_selector_stays():
    assert build_css.minify(".a :focus { top: 0; }\nsummary:hover { top: 0; }") == (
        ".a :focus{top:0}summary:hover{top:0}\n"
    )


# The admin has its own pages; they link this sheet beside Django's.
ON_ITS_OWN = {"admin"}


def test_every_sheet_is_in_a_bundle():
    sheets = {
        str(path.relative_to(build_css.SOURCE))[: -len(".css")] for path in build_css.SOURCE.rglob("*.css")
    }
    assert {sheet for bundle in build_css.BUNDLES.values() for sheet in bundle} == sheets - ON_ITS_OWN


def test_an_unchanged_file_is_not_written_again(tmp_path):
    files = build_css.build(target=tmp_path)
    assert [path.name for path in files] == ["public.css", "staff.css"]
    before = [path.stat().st_mtime_ns for path in files]
    build_css.build(target=tmp_path)
    assert [path.stat().st_mtime_ns for path in files] == before
