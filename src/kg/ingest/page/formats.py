"""The text of an input file: plain text, PDF with a text layer, Word, HTML.

What comes back is the text that spans count in. For anything but UTF-8 text it has to be kept beside the
input, since only that text can be checked against the spans.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

from kg.errors import SourceError
from kg.text import IDEOGRAPHS

#: A page has some thousand characters; what is a thousand times that is no page.
LARGEST = 5_000_000
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_text(path: Path | str) -> str:
    """Return the text of a file, by its suffix: .txt, .pdf, .docx, .html.

    Raises ``SourceError`` when the file is missing, empty, too large, binary, in no known encoding, or
    holds hardly any Chinese.
    """
    path = Path(path)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise SourceError(
                f"{path} has {size:,} bytes, which is no newspaper page", hint="split it into its pages"
            )
        content = path.read_bytes()
    except OSError as error:
        raise SourceError(f"cannot read {path}: {error.strerror}", hint="give an existing file") from error
    text = _READERS.get(path.suffix.lower(), decode)(content, str(path))
    _refuse_unreadable(text, str(path))
    return text


def decode(content: bytes, name: str) -> str:
    """Return bytes as text: UTF-8 with or without its mark, UTF-16 with its mark, else GB18030.

    >>> decode("曹县".encode("gb18030"), "page.txt")
    '曹县'
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _strict(content, encoding, name)
    if b"\x00" in content[:4096]:
        raise SourceError(f"{name} is binary", hint="give the page's text, or a .pdf, .docx or .html file")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        first = error
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    # UTF-8 read as GB18030 gives rare characters; a GB page is mostly common ones.
    common = sum("\u4e00" <= c <= "\u9fa5" or c.isascii() or c in "，。、“”《》：；！？（）" for c in text)
    if not text or common < 0.95 * len(text):
        raise SourceError(
            f"{name} is neither UTF-8 (byte {first.start}) nor GB18030", hint="convert it to UTF-8 as a whole"
        )
    return text


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{name} is not {encoding} (byte {error.start})", hint="convert it to UTF-8"
        ) from error


def _refuse_unreadable(text: str, name: str) -> None:
    if not text.strip():
        raise SourceError(
            f"{name} holds no text", hint="give a page with text (a scanned PDF needs OCR first)"
        )
    controls = len(_CONTROL.findall(text))
    if controls > 0.01 * len(text):
        raise SourceError(f"{name} is binary ({controls} control characters)", hint="give the page's text")
    letters = [c for c in text if c.isalpha()]
    han = sum("\u3400" <= c <= "\u9fff" for c in letters)
    if han < 0.3 * len(letters) or han == 0:
        raise SourceError(
            f"{name} is not in Chinese ({han} of {len(letters)} letters)",
            hint="the rules read Chinese pages only; --extractor llm may read others",
        )


def _pdf(content: bytes, name: str) -> str:
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise SourceError(f"{name} needs pypdf", hint="pip install 'kg[pdf]'") from error
    try:
        pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    except PyPdfError as error:
        raise SourceError(f"{name} is no readable PDF: {error}", hint="export its text instead") from error
    return "\n".join(pages).translate(IDEOGRAPHS)


def _docx(content: bytes, name: str) -> str:
    """Return the paragraphs of a Word file (ECMA-376: w:p holds w:t, w:tab and w:br)."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if archive.getinfo("word/document.xml").file_size > 4 * LARGEST:
                raise SourceError(f"{name} is too large when unpacked", hint="split it into its pages")
            document = archive.read("word/document.xml")
        if b"<!DOCTYPE" in document[:2000]:
            raise SourceError(f"{name} declares entities", hint="save it again with a word processor")
        root = ElementTree.fromstring(document)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise SourceError(f"{name} is no Word file", hint="save it as .docx or as text") from error
    marks = {_WORD + "tab": "\t", _WORD + "br": "\n"}
    paragraphs = (
        "".join(node.text or "" if node.tag == _WORD + "t" else marks.get(node.tag, "") for node in p.iter())
        for p in root.iter(_WORD + "p")
    )
    return "\n".join(paragraphs) + "\n"


class _Readable(HTMLParser):
    """Collect the text of block elements, without what is no article: scripts, menus, footers."""

    _SKIP = frozenset(
        {"script", "style", "nav", "header", "footer", "aside", "form", "noscript", "template", "head"}
    )
    _BLOCK = frozenset(
        {"p", "div", "h1", "h2", "h3", "h4", "li", "br", "section", "article", "td", "tr", "blockquote"}
    )

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._SKIP:
            self._skipped.append(tag)
        elif tag in self._BLOCK:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag == self._skipped[-1]:
            self._skipped.pop()
        elif tag in self._BLOCK:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(re.sub(r"\s+", " ", data))


def _html(content: bytes, name: str) -> str:
    declared = re.search(rb"charset=[\"']?([A-Za-z0-9-]+)", content[:2048])
    try:
        text = content.decode(declared[1].decode("ascii")) if declared else decode(content, name)
    except (UnicodeDecodeError, LookupError):
        text = decode(content, name)
    article = re.search(r"<article\b.*?</article>", text, re.DOTALL | re.IGNORECASE)
    parser = _Readable()
    parser.feed(article[0] if article else text)
    parser.close()
    lines = (line.strip() for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


_READERS: dict[str, Callable[[bytes, str], str]] = {
    ".pdf": _pdf, ".docx": _docx, ".html": _html, ".htm": _html, ".txt": decode,
}  # fmt: skip
