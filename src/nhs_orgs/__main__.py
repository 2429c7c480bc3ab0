"""What `nhs-orgs` and `python -m nhs_orgs` start: the command line, or how to install it.

The command line needs the `cli` extra. Without it the command says so in one sentence, with no traceback.
"""

from __future__ import annotations

import sys

__all__ = ["main"]

_NEEDED = ("typer", "rich")


def main() -> None:
    """Run the command line; leave with status 2 and a sentence where the `cli` extra is not installed."""
    try:
        from nhs_orgs.cli import main as run
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _NEEDED:
            raise
        from nhs_orgs.errors import MissingExtra

        sys.stderr.write(f"nhs-orgs: {MissingExtra('The command line', 'cli')}\n")
        sys.exit(2)
    run()


if __name__ == "__main__":
    main()
