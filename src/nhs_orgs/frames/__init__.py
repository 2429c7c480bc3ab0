"""Data frames restated by a crosswalk, in the caller's own kind of frame.

This floor stands below the crosswalk, which it knows only as whatever can answer for codes (`Restating`): so that
`Crosswalk.apply` can be a method, and nothing that only wants a crosswalk loads a data frame. Through narwhals it
takes pandas, polars, pyarrow, DuckDB and PySpark, and imports none of them but the one that made the frame.
"""

from __future__ import annotations

from nhs_orgs.frames.request import Request

__all__ = ["Request"]
