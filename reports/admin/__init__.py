"""The admin pages of what flows, a noun a file."""

from reports.admin import numbering, outlines, publications, reorganisations, reports, rounds

__all__ = ["numbering", "outlines", "publications", "reorganisations", "reports", "rounds"]
