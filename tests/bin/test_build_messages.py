"""The words of the framework's admin said in our Vietnamese: the .mo files are those of the .po files."""

import gettext
from io import BytesIO

import pytest
from django.utils.translation import gettext as _

from bin import build_messages


@pytest.mark.parametrize("source", sorted(build_messages.FOLDER.glob("*.po")), ids=lambda path: path.stem)
def test_the_compiled_file_is_fresh(source):
    text = source.read_text(encoding="utf-8")
    assert source.with_suffix(".mo").read_bytes() == build_messages.compiled(text)


SOURCE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

# note
msgctxt "day"
msgid "S"
msgstr "CN"

msgid "%d row"
msgid_plural "%d rows"
msgstr[0] "%d dòng"
"""


def test_context_and_plural_are_part_of_the_key():
    words = gettext.GNUTranslations(BytesIO(build_messages.compiled(SOURCE)))
    assert words.pgettext("day", "S") == "CN"
    assert (words.ngettext("%d row", "%d rows", 1), words.ngettext("%d row", "%d rows", 5)) == (
        "%d dòng",
    ) * 2


def test_django_uses_them():
    assert _("This field is required.") == "Chưa nhập mục này"
    assert _("History") == "Lịch sử"
