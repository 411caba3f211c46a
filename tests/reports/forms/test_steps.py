"""The idempotency key of the forms of steps."""

import pytest
from django.core.exceptions import ValidationError

from reports.forms.steps import KeyField


@pytest.mark.parametrize("key", ["", "a" * 65, "replace:1:2", "begin:1", "a\n", "khoá", "a\x00"])
def test_a_key_that_no_page_wrote_is_refused(key):
    with pytest.raises(ValidationError):
        KeyField().clean(key)


def test_the_key_of_a_page_is_taken():
    assert KeyField().clean("0f" * 16) == "0f" * 16
