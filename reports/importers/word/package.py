"""The parts of a .docx that are read, element by element, and how far they may reach.

The file has been through ``domain.file_guards``: a whole archive without a DTD. What is bounded here is what a
person could not have meant: more elements than any report has, or nested so deep that walking them would fail.
"""

import zipfile
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import BinaryIO
from xml.etree import ElementTree

from models_dv.domain.file_refusals import DamagedFile, FileRefused, UnsafeFile
from models_dv.vietnamese.numbers import format_number

MAX_PART_BYTES = 24 * 1024 * 1024
MAX_ELEMENTS = 600_000
MAX_DEPTH = 150
#: Word writes one of these, and “Strict Open XML” the other.
WORD = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
#: Names outside Word's own that lead to text: text boxes, formulas, what older programmes get instead.
OTHERS = {"AlternateContent", "Choice", "Fallback"}
RELATIONS = {"document": "/officeDocument"}
RELATIONS |= {kind: f"/{kind}" for kind in ("styles", "numbering", "footnotes", "endnotes")}


class TooLong(FileRefused):
    """More than a report can be."""

    message = (
        f"Tệp Word quá lớn (trên {format_number(MAX_ELEMENTS)} thành phần). "
        "Chỉ giữ lại phần lời của báo cáo, lưu thành tệp mới rồi tải lại"
    )


def name_of(element) -> str:
    """“p”, “tbl” … of Word's own elements; of others their name where it leads to text, else ""."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    for namespace in WORD:
        if tag.startswith(namespace):
            return tag[len(namespace) :]
    name = tag.rpartition("}")[2]
    return name if name in OTHERS else f"~{name}"


def attribute(element, name: str, default: str = "") -> str:
    """The value of one of Word's attributes (“val”)."""
    for namespace in WORD:
        if (value := element.get(namespace + name)) is not None:
            return value
    return default


def child(element, *names: str):
    """The element down the path of names; None where there is none."""
    for name in names:
        if element is None:
            return None
        element = next((found for found in element if name_of(found) == name), None)
    return element


def value_of(element, *names: str) -> str | None:
    """The attribute “val” of the element down the path; None where there is none."""
    found = child(element, *names)
    return None if found is None else attribute(found, "val")


def is_on(element, *names: str) -> bool | None:
    """Whether the switch down the path (bold, hidden) is on; None where it is not there."""
    found = child(element, *names)
    return None if found is None else attribute(found, "val", "1") not in {"0", "false", "off", "none"}


class Package:
    """An open .docx; give it a file that was checked."""

    def __init__(self, file: BinaryIO):
        try:
            self.archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError) as error:
            raise DamagedFile from error
        self.names = {name.lower(): name for name in self.archive.namelist()}
        self.document = self._target("", RELATIONS["document"]) or "word/document.xml"
        if self.document.lower() not in self.names:
            raise DamagedFile

    def body(self) -> Iterator:
        """The children of the document's body, one after the other; each is forgotten when the next comes."""
        depth, parents = 0, []
        for event, element in self._events(self.document):
            if event == "start":
                depth += 1
                parents.append(element)
            else:
                depth -= 1
                parents.pop()
                if depth == 2 and name_of(parents[-1]) == "body":
                    yield element
                    parents[-1].clear()

    def part(self, kind: str):
        """The root of “styles”, “numbering”, “footnotes” …; None where the document has none."""
        name = self._target(self.document, RELATIONS[kind])
        if name is None or name.lower() not in self.names:
            return None
        root = None
        for event, element in self._events(name):
            if event == "start" and root is None:
                root = element
        return root

    def _events(self, name: str) -> Iterator[tuple[str, ElementTree.Element]]:
        """(“start” or “end”, element) of one part, counted as they come."""
        entry = self.archive.getinfo(self.names[name.lower()])
        if entry.file_size > MAX_PART_BYTES:
            raise TooLong
        depth = elements = 0
        try:
            with self.archive.open(entry) as stream:
                for event, element in ElementTree.iterparse(stream, events=("start", "end")):
                    if event == "start":
                        depth, elements = depth + 1, elements + 1
                        if elements > MAX_ELEMENTS:
                            raise TooLong
                        if depth > MAX_DEPTH:
                            raise UnsafeFile
                    else:
                        depth -= 1
                    yield event, element
        except (ElementTree.ParseError, zipfile.BadZipFile, UnicodeError, ValueError, EOFError) as error:
            raise DamagedFile from error

    def _target(self, source: str, kind: str) -> str | None:
        """The part to which another points with a relation of the kind; "" is the package itself."""
        folder = dirname(source)
        name = join(folder, "_rels", f"{source.rpartition('/')[2]}.rels")
        if name.lower() not in self.names:
            return None
        for event, element in self._events(name):
            if event == "end" and element.get("Type", "").endswith(kind):
                if element.get("TargetMode") == "External":
                    return None
                target = element.get("Target", "")
                return target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        return None
