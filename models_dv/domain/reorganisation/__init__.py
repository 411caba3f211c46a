"""Reorganising units: the text of a resolution → a plan → a dry run → one transaction → undo (domain.md §1)."""
