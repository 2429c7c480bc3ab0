"""Reads an .xls file from standard input, writes its sheets to standard output: a process of its own, run by `sheets`.

The library that reads it panics on some damaged files of this form, and asks for any amount of memory on others.
"""

from __future__ import annotations

import io
import pickle
import sys
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

__all__ = ["sheets_in"]

_MEMORY: Final = 4 * 2**30
"""Bytes: the largest sheet of this form, 65,536 rows of 256 columns, takes one gibibyte."""


def sheets_in(data: bytes) -> dict[str, list[list[Any]]] | str:
    """The cells of each sheet, or what is wrong with the file."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [one.name for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}
    except (CalamineError, ValueError) as error:
        return str(error)


def _limit_memory() -> None:
    """Where the system can: elsewhere the process ends when it asks for more than there is."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY or most > _MEMORY:
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, most))


if __name__ == "__main__":
    _limit_memory()
    pickle.dump(sheets_in(sys.stdin.buffer.read()), sys.stdout.buffer)
