"""The text of a PDF that an organisation gives us."""

from __future__ import annotations

from pathlib import Path

LARGEST = 5_000_000
MOST_PAGES = 20


def pdf_text(path: Path) -> str:
    """The text of all pages, line by line; raises ValueError with what is wrong with the file, in words."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    if path.stat().st_size > LARGEST:
        raise ValueError(f"is larger than {LARGEST // 1_000_000} MB; a card is a page or two")
    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            raise ValueError("is locked with a password; save it without one")
        if len(reader.pages) > MOST_PAGES:
            raise ValueError(f"has more than {MOST_PAGES} pages; a card is a page or two")
        text = "\n".join(page.extract_text() for page in reader.pages)
    except PyPdfError:
        raise ValueError("is no PDF that can be read; save it anew, or give the card as Markdown") from None
    if not text.strip():
        raise ValueError("holds no text; scanned pages cannot be read")
    return text
