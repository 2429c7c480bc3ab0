"""A file's bytes, unpacked, and its text: every fault that no row can carry is a `ReadError` here.

ODS reports come plain or packed with gzip, in Windows-1252 or UTF-8 with or without a mark. A file may be cut
short or damaged, and a small one may unpack to more than memory holds, so the size is limited on the way.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from nhs_orgs.errors import ReadError

__all__ = ["LIMIT", "Content", "content_of", "text_of"]

LIMIT: Final = 512 * 2**20
"""Most bytes that a file may have or unpack to: a hundred times the largest report."""

_GZIP: Final = b"\x1f\x8b"
_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_AGAIN: Final = "Fetch the file again from where it came"


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds."""

    data: bytes
    """Its bytes, unpacked where it was a gzip file."""
    sha256: str
    """Checksum of the bytes as they lie on the disk."""


def content_of(path: Path) -> Content:
    """The bytes of a file, unpacked.

    Raises:
        ReadError: It cannot be read, is empty, too large, or a damaged gzip file.
    """
    try:
        if not path.exists():
            raise ReadError(path, "there is no such file or folder", "Check the path.")
        if not path.is_file():
            raise ReadError(path, "it is not a regular file", "Give the path of an ODS report or of a folder of them.")
        if path.stat().st_size > LIMIT:
            raise ReadError(path, f"it is larger than {LIMIT // 2**20} MiB", "Give one CSV report or spreadsheet.")
        raw = path.read_bytes()
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise ReadError(path, why, "Check that the file is there and may be read.") from error
    data = _inflate(raw, path) if raw.startswith(_GZIP) else raw
    if not data or data.isspace():
        raise ReadError(path, "it is empty", f"{_AGAIN}.")
    return Content(data, sha256(raw).hexdigest())


def _inflate(raw: bytes, path: Path) -> bytes:
    """The contents of a gzip file, never more than `LIMIT` of them."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as stream:
            data = stream.read(LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(path, f"it is a damaged or unfinished gzip file ({error})", f"{_AGAIN}.") from error
    if len(data) > LIMIT:
        raise ReadError(path, f"it unpacks to more than {LIMIT // 2**20} MiB", "Give a file that is an ODS report.")
    return data


def text_of(data: bytes, path: Path) -> tuple[str, dict[int, str]]:
    """The text of a file, and for each line whose bytes had to be guessed, what was done.

    Raises:
        ReadError: It is no text.
    """
    if data.startswith(_UTF16):
        return _utf16(data, path), {}
    if b"\0" in data:
        raise ReadError(path, "it is a binary file, not a table", "Give a CSV report, a spreadsheet (.xlsx) or JSON.")
    try:
        return data.decode("utf-8-sig"), {}
    except UnicodeDecodeError:
        return _mixed(data.removeprefix(codecs.BOM_UTF8), marked=data.startswith(codecs.BOM_UTF8))


def _utf16(data: bytes, path: Path) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise ReadError(path, "it begins as UTF-16 but is not", f"{_AGAIN}, as UTF-8.") from error
    if "\0" in text:
        raise ReadError(path, "it is a binary file, not a table", "Give a CSV report, a spreadsheet (.xlsx) or JSON.")
    return text


def _mixed(data: bytes, *, marked: bool) -> tuple[str, dict[int, str]]:
    """Text that is not UTF-8 throughout: Windows-1252, or UTF-8 with damaged lines."""
    lines = data.splitlines(keepends=True)
    guessed: dict[int, str] = {}
    utf8 = marked or any(_is_utf8(line) for line in lines if not line.isascii())
    texts = []
    for number, line in enumerate(lines, start=1):
        if utf8 and _is_utf8(line):
            texts.append(line.decode("utf-8"))
            continue
        text = line.decode("cp1252", errors="replace")
        texts.append(text)
        if "\ufffd" in text:
            guessed[number] = "bytes of no known encoding: shown as \ufffd"
        elif utf8:
            guessed[number] = "not UTF-8 as the rest of the file is: read as Windows-1252"
    return "".join(texts), guessed


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
