"""Making many objects at once: a pause for Python's garbage collector, which would look at them all in vain.

>>> import gc
>>> with no_collection():
...     gc.isenabled()
False
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["no_collection"]


@contextmanager
def no_collection() -> Iterator[None]:
    """A stretch of work that makes objects which all stay, and no circles of them.

    The collector walks through everything that was made every few hundred objects: of large registers and crosswalks
    that is up to a third of the time. It goes on afterwards if it was on before.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
