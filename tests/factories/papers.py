"""Papers that scenes need but no test looks at: of the same content each process lays out one.

That the same content gives the same bytes is tested without this (``tests/reports/documents``).
"""

from functools import lru_cache
from unittest.mock import patch

from reports.documents import pdf

_laid_out = lru_cache(maxsize=200)(pdf._write)


def kept_papers():
    """While this is open, a paper that was laid out before is taken from memory."""
    return patch.object(pdf, "_write", _laid_out)
