"""The register that comes with the library: where it lies, and how it is opened."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from nhs_orgs.archive import Archive, open_archive

__all__ = ["bundled_archive"]


def bundled_archive(folder: str | Path | None = None) -> Archive:
    """Open the bundled register, or one compiled elsewhere.

    A folder from elsewhere is checked against its checksums; the bundled one is as it was installed.

    Raises:
        DataError: the folder is no register, of another schema, or damaged.
    """
    if folder is not None:
        return open_archive(Path(folder), verify=True)
    return open_archive(resources.files("nhs_orgs.data").joinpath("register"), verify=False)
