"""How codes are cleaned and judged by engines that cannot call Python: the rules of `codes`, as texts for them.

>>> import re
>>> bool(re.search(DAMAGED, "5.00E+01")), bool(re.search(DAMAGED, "1H")), bool(re.search(DAMAGED, "RRE"))
(True, True, False)
"""

from __future__ import annotations

from typing import Final

from nhs_orgs.codes import BLANKS
from nhs_orgs.judgement import PSEUDO_CODES

__all__ = ["BLANKS", "DAMAGED", "MISSING", "ODD", "PSEUDO"]

PSEUDO: Final = f"^({'|'.join(PSEUDO_CODES)}|[-\u2013\u2014]+|(GRAND|SUB)?[ -]?TOTALS?|Z[A-Z0-9]{{2}})$"
"""What statistics print in the place of a code on the rows of aggregates."""

_MONTH: Final = "(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
_SIGNS: Final = (
    "",
    "#.*",
    """=?["']+[A-Z0-9]{1,12}["']*""",
    "[1-9][A-Z]",
    r"0|[1-9][0-9]?|[0-9]+\.0*",
    r"[0-9]+(\.[0-9]*E\+?|E\+)[0-9]{1,3}",
    f"[0-9]{{1,2}}-{_MONTH}|{_MONTH}-[0-9]{{2}}",
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([ T]00:00:00(\.0+)?)?",
    "(0?[1-9]|[12][0-9]|3[01])/(0?[1-9]|1[0-2])/[0-9]{4}( 00:00(:00)?)?",
)
DAMAGED: Final = "^(" + "|".join(f"({sign})" for sign in _SIGNS) + ")$"
"""What shows that a tool has spoilt a text, once in capitals and without blanks."""

MISSING: Final = "^(nan|NaN|NaT|<NA>|None|NA|N/A|n/a|null|NULL)?$"
"""What becomes of an empty cell that is turned into text, as it is written but for blanks."""

ODD: Final = f"[^A-Z0-9]|^.?.?$|^Z..$|TOTALS?$|^({'|'.join((*PSEUDO_CODES, 'NULL'))})$"
"""All that may be another spelling of a code, or may be told by the rules above: the rest is a code or unknown."""
