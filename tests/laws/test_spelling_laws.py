"""The rules by which engines without Python clean and judge a text are those by which Python does."""

from __future__ import annotations

import re

import duckdb
import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nhs_orgs.frames.spelling import BLANKS, DAMAGED, MISSING, ODD, PSEUDO
from nhs_orgs.judgement import Form, judge

LETTERS = "ABENOTLUZQJR019aeznot-/.#'\"=+: <>\u2013"
words = st.one_of(
    st.text(LETTERS, max_size=8),
    st.text(max_size=5),
    st.from_regex(DAMAGED, fullmatch=True),
    st.from_regex(PSEUDO, fullmatch=True),
    st.from_regex(MISSING, fullmatch=True),
    st.dates().map(str),
    st.dates().map("{:%d/%m/%Y}".format),
    st.builds("{:04}-{:02}-{:02}".format, st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32)),
    st.builds("{2}/{1}/{0:04}".format, st.integers(0, 9999), st.integers(0, 13), st.integers(0, 32)),
    st.floats(0, 1e12).map(str),
    st.floats(0, 1e12).map("{:.2E}".format),
)
blanks = st.text(BLANKS, max_size=2)
texts = st.one_of(
    words, st.builds("{}{}{}".format, blanks, words, blanks), st.builds(str.lower, words), st.builds(str.title, words)
)

KNOWN = frozenset({"RRE", "5E1", "D4U1Y", "ZT001"})
SEEN = {Form.MISSING: "damaged", Form.DAMAGED: "damaged", Form.PSEUDO: "pseudo", Form.UNKNOWN: "unknown"}


def expected(text: str) -> str:
    """What Python says: the code, or what the text is."""
    judged = judge(text, KNOWN)
    return judged.code or SEEN[judged.form]


def by_rules(text: str) -> str:
    """What the texts of the rules say."""
    if text in KNOWN:
        return text
    if not re.search(ODD, text):
        return "unknown"
    bare = text.strip(BLANKS)
    spelt = bare.upper()
    if spelt in KNOWN:
        return spelt
    if re.search(MISSING, bare):
        return "damaged"
    if re.search(PSEUDO, spelt):
        return "pseudo"
    return "damaged" if re.search(DAMAGED, spelt) else "unknown"


@given(texts)
@example("1H")
@example("total")
@example("\u200bnan")
@example("0000-01-01")
@example("2000-02-29")
@example("29/2/1900")
def test_the_rules_say_what_python_says(text: str) -> None:
    """A text is the same code, or of the same kind, by the engines' rules and by the judgement of one value."""
    assert by_rules(text) == expected(text)


@settings(deadline=None)
@given(st.lists(texts.filter(lambda text: "\0" not in text), min_size=1, max_size=20))
def test_engines_read_the_rules_as_python_does(column: list[str]) -> None:
    """Polars and DuckDB find in a column of texts what Python's regular expressions find."""
    frame = pl.DataFrame({"text": column}, schema={"text": pl.String})
    written = frame.to_arrow()
    for rule in (ODD, MISSING, PSEUDO, DAMAGED):
        found = [bool(re.search(rule, text)) for text in column]
        assert frame["text"].str.contains(rule).to_list() == found
        quoted = rule.replace("'", "''")
        asked = duckdb.from_arrow(written).project(f"regexp_matches(text, '{quoted}')")
        assert [row[0] for row in asked.fetchall()] == found
