"""A column of folded words that is looked up through an index of trigrams on both databases (decision 12).

PostgreSQL: a GIN index (pg_trgm) answers LIKE. SQLite: a table ``<table>_words`` (FTS5, trigram), kept by
triggers, answers MATCH. Both are made by a migration with ``models_dv.models.search_text.index_of``.
"""

from collections.abc import Iterable

from django.db import connection, migrations, models

from models_dv.vietnamese.search_text import needle

#: Rows with the words, beyond which they are better read in the order of the list than looked up (SQLite).
MANY = 20_000


class SearchTextField(models.TextField):
    """Holds ``models_dv.vietnamese.search_text.search_text``; ask with ``search_text__words=[folded words]``."""


@SearchTextField.register_lookup
class Words(models.Lookup):
    """Rows that hold every one of the folded words (one or two letters: as the beginning of a word)."""

    lookup_name = "words"
    prepare_rhs = False

    def get_prep_lookup(self):
        """The needles."""
        return [needle(word) for word in self.rhs]

    def as_sql(self, compiler, connection):
        """One LIKE for each word, which a trigram index answers."""
        column, params = self.process_lhs(compiler, connection)
        conditions = " AND ".join(f"{column} LIKE %s" for _word in self.rhs)
        likes = [f"%{connection.ops.prep_for_like_query(word)}%" for word in self.get_prep_lookup()]
        return f"({conditions})" if likes else "(1 = 1)", [*list(params) * len(likes), *likes]

    def as_sqlite(self, compiler, connection):
        """One MATCH over the words' table."""
        words = self.get_prep_lookup()
        if not words:
            return "(1 = 1)", []
        quote, model = connection.ops.quote_name, self.lhs.target.model
        key = f"{quote(self.lhs.alias)}.{quote(model._meta.pk.column)}"
        table = quote(f"{model._meta.db_table}_words")
        return f"{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)", [_match(words)]


@SearchTextField.register_lookup
class ReadWords(Words):
    """The same rows, read one by one on SQLite: for words that stand nearly everywhere (``are_common``)."""

    lookup_name = "read_words"

    def as_sqlite(self, compiler, connection):
        """LIKE, whose sign for escaping must be named here."""
        sql, params = self.as_sql(compiler, connection)
        return sql.replace("LIKE %s", r"LIKE %s ESCAPE '\'"), params


def _match(needles: Iterable[str]) -> str:
    """All needles, as FTS5 asks."""
    return " AND ".join('"{}"'.format(word.replace('"', '""')) for word in needles)


def are_common(model: type[models.Model], words: Iterable[str]) -> bool:
    """Whether so many rows hold the words that looking all of them up costs more than reading on to the next page.

    One statement on SQLite. PostgreSQL knows how often words stand in a column, and is not asked.
    """
    match = _match(map(needle, words))
    if connection.vendor != "sqlite" or not match:
        return False
    table = connection.ops.quote_name(f"{model._meta.db_table}_words")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE {table} MATCH %s LIMIT 1 OFFSET %s", [match, MANY])
        return cursor.fetchone() is not None


def index_of(table: str, column: str = "search_text") -> migrations.RunPython:
    """A migration step that makes the index of trigrams over ``column`` (and takes it away backwards).

    A later migration that makes SQLite copy the table must run it again: copying drops the triggers.
    """
    return migrations.RunPython(
        lambda _apps, editor: _make(editor, table, column), lambda _apps, editor: _drop(editor, table)
    )


def _make(editor, table: str, column: str) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        editor.execute(f'CREATE INDEX "{table}_words" ON "{table}" USING gin ("{column}" gin_trgm_ops)')
        return
    words = f"{table}_words"
    old = f"INSERT INTO {words}({words}, rowid, {column}) VALUES ('delete', old.id, old.{column});"
    new = f"INSERT INTO {words}(rowid, {column}) VALUES (new.id, new.{column});"
    editor.execute(
        f"CREATE VIRTUAL TABLE {words} USING fts5({column}, content='{table}', content_rowid='id', "
        "tokenize='trigram')"
    )
    editor.execute(f"INSERT INTO {words}({words}) VALUES ('rebuild')")
    for name, when, body in (
        ("added", "AFTER INSERT", new),
        ("removed", "AFTER DELETE", old),
        ("changed", f"AFTER UPDATE OF {column}", old + new),
    ):
        editor.execute(f"CREATE TRIGGER {words}_{name} {when} ON {table} BEGIN {body} END")


def _drop(editor, table: str) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(f'DROP INDEX IF EXISTS "{table}_words"')
        return
    for name in ("added", "removed", "changed"):
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_words_{name}")
    editor.execute(f"DROP TABLE IF EXISTS {table}_words")
