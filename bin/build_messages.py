#!/usr/bin/env python3
"""Make the .mo files of models_dv/locale from the .po files beside them (no gettext tools needed).

python bin/build_messages.py
"""

import ast
import struct
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "models_dv" / "locale" / "vi" / "LC_MESSAGES"
MAGIC = 0x950412DE


def read(text: str) -> dict[str, str]:
    """{key: translation} as a .mo file keeps them: context and plural are part of the key."""
    messages, entry, name = {}, {}, ""
    for line in [*text.splitlines(), ""]:
        if line.startswith("#"):
            continue
        if not line.strip():
            if entry:
                messages[_key(entry)] = entry.get("msgstr", entry.get("msgstr[0]", ""))
            entry = {}
            continue
        if not line.startswith('"'):
            name, line = line.split(" ", 1)
        entry[name] = entry.get(name, "") + ast.literal_eval(line)
    return messages


def _key(entry: dict[str, str]) -> str:
    key = entry["msgid"]
    if "msgctxt" in entry:
        key = f"{entry['msgctxt']}\x04{key}"
    return f"{key}\0{entry['msgid_plural']}" if "msgid_plural" in entry else key


def compiled(text: str) -> bytes:
    """The .mo file of a .po file's text."""
    pairs = sorted((key.encode(), value.encode()) for key, value in read(text).items())
    start = 7 * 4 + 16 * len(pairs)
    keys, values = b"", b""
    key_table, value_table = [], []
    for key, _value in pairs:
        key_table += [len(key), start + len(keys)]
        keys += key + b"\0"
    for _name, value in pairs:
        value_table += [len(value), start + len(keys) + len(values)]
        values += value + b"\0"
    head = (MAGIC, 0, len(pairs), 7 * 4, 7 * 4 + 8 * len(pairs), 0, start)
    numbers = [*head, *key_table, *value_table]
    return struct.pack(f"<{len(numbers)}I", *numbers) + keys + values


if __name__ == "__main__":
    for source in sorted(FOLDER.glob("*.po")):
        source.with_suffix(".mo").write_bytes(compiled(source.read_text(encoding="utf-8")))
