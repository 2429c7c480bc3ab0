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
_YEAR: Final = "(000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})"
_LEAP_YEAR: Final = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)"
_DAY: Final = "((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)"
_BRITISH_DAY: Final = "((0?[1-9]|1[0-9]|2[0-8])/(0?[1-9]|1[0-2])|(29|30)/(0?[13-9]|1[0-2])|31/(0?[13578]|1[02]))"
"""Days of every year: a day that is not in the calendar did not come from a code."""
_SIGNS: Final = (
    "",
    "#.*",
    """=?["']+[A-Z0-9]{1,12}["']*""",
    "[1-9][A-Z]",
    r"0|[1-9][0-9]?|[0-9]+\.0*",
    r"[0-9]+(\.[0-9]*E\+?|E\+)[0-9]{1,3}",
    f"[0-9]{{1,2}}-{_MONTH}|{_MONTH}-[0-9]{{2}}",
    rf"({_YEAR}-{_DAY}|{_LEAP_YEAR}-02-29)([ T]00:00:00(\.0+)?)?",
    f"({_BRITISH_DAY}/{_YEAR}|29/0?2/{_LEAP_YEAR})( 00:00(:00)?)?",
)
DAMAGED: Final = "^(" + "|".join(f"({sign})" for sign in _SIGNS) + ")$"
"""What shows that a tool has spoilt a text, once in capitals and without blanks."""

MISSING: Final = "^(nan|NaN|NaT|<NA>|None|NA|N/A|n/a|null|NULL)?$"
"""What becomes of an empty cell that is turned into text, as it is written but for blanks."""

ODD: Final = f"[^A-Z0-9]|^.?.?$|^Z..$|TOTALS?$|^({'|'.join((*PSEUDO_CODES, 'NULL'))})$"
"""All that may be another spelling of a code, or may be told by the rules above: the rest is a code or unknown."""
