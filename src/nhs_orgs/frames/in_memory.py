"""The adapter for a frame in memory."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from nhs_orgs.frames.columns import Frame

__all__ = ["frame_of"]


def frame_of(frame: nw.DataFrame[Any]) -> Frame:
    """The adapter; only the library that made the frame is imported."""
    native = nw.to_native(frame)
    if frame.implementation is nw.Implementation.PANDAS:
        from nhs_orgs.frames.in_pandas import PandasFrame

        return PandasFrame(native)
    if frame.implementation is nw.Implementation.POLARS:
        from nhs_orgs.frames.in_polars import PolarsFrame

        return PolarsFrame(native)
    from nhs_orgs.frames.in_arrow import ArrowFrame

    return ArrowFrame(native)
