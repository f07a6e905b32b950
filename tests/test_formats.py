"""Each kind of input gives the page's text, or one sentence on why not."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.ingest.page.formats import read_text
from kg.text import squash

TEXT = "海东县办起柑橘节\n3月5日，海东县县长为柑橘节开幕。\n"


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert read_text(saved(tmp_path / "page.txt", TEXT.encode(encoding))) == TEXT


def test_word(tmp_path: Path) -> None:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in TEXT.splitlines())
    xml = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{body}</w:document>'
    with zipfile.ZipFile(tmp_path / "page.docx", "w") as archive:
        archive.writestr("word/document.xml", xml)
    assert read_text(tmp_path / "page.docx") == TEXT


def test_html_is_read_without_menus_and_scripts(tmp_path: Path) -> None:
    html = (
        "<html><head><title>海东网</title></head><body><nav>首页</nav><script>var a = 1;</script>"
        "<h1>海东县办起柑橘节</h1><p>3月5日，"
        "<b>海东县</b>县长为柑橘节开幕。</p><footer>版权所有</footer></body></html>"
    )
    assert read_text(saved(tmp_path / "page.html", html.encode())) == TEXT


@pytest.mark.browser
def test_pdf_with_a_text_layer(tmp_path: Path) -> None:
    pytest.importorskip("pypdf", reason="pip install 'kg[pdf]'")
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Debian's chromium is not installed")
    page = saved(tmp_path / "page.html", f"<meta charset=utf-8><p>{TEXT.replace(chr(10), '<p>')}".encode())
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
    ]
    target = f"--print-to-pdf={tmp_path / 'page.pdf'}"
    subprocess.run(
        [chromium, *options, "--no-pdf-header-footer", target, page], check=True, capture_output=True
    )
    text = read_text(tmp_path / "page.pdf")
    assert squash(TEXT) in squash(text)
    assert "长" in text  # Chromium's text layer has U+2ED3, a radical


def test_a_pdf_says_what_it_needs_or_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"needs pypdf|is no readable PDF"):
        read_text(saved(tmp_path / "page.pdf", b"%PDF-1.4 no more"))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.txt", b"", "holds no text"),
        ("blank.txt", b" \n\n", "holds no text"),
        ("binary.txt", bytes(range(256)) * 8, "is binary"),
        ("large.txt", b"a" * 20_000_000, "is no newspaper page"),
        (
            "mixed.txt",
            "海东县柑橘节开幕".encode() * 9 + "海东县柑橘".encode("gb18030") + b"\xff\xff",
            "neither UTF-8",
        ),
        ("english.txt", b"Cao County sold a lot online this spring.", "is not in Chinese"),
        ("controls.txt", ("海东\x01县\x02" * 20).encode(), "control characters"),
        ("not.docx", b"PK no", "is no Word file"),
    ],
)
def test_bad_input_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as error:
        read_text(saved(tmp_path / name, content))
    assert error.value.hint


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot read"):
        read_text(tmp_path / "absent.txt")
