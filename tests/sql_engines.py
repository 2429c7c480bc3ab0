"""Engines that run a crosswalk's SQL: DuckDB in the process, PostgreSQL and Spark where they are installed."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest

from nhs_orgs.dialects import DIALECTS

__all__ = ["ENGINES", "DuckDB", "Engine", "opened", "spark_session"]


class Engine(ABC):
    """Something that runs SQL."""

    dialect: str

    @abstractmethod
    def run(self, *statements: str) -> None:
        """Run statements, none of which answers."""

    @abstractmethod
    def rows(self, query: str) -> list[dict[str, Any]]:
        """What a query answers; days as text."""

    def make(self, name: str, columns: dict[str, str], rows: Sequence[Sequence[object]]) -> None:
        """A table of its own, with its columns and their types."""
        says = DIALECTS[self.dialect]
        fields = ", ".join(f"{says.name(column)} {kind}" for column, kind in columns.items())
        values = ", ".join(f"({', '.join(map(says.value, row))})" for row in rows)
        self.run(f"CREATE TABLE {says.name(name)} ({fields}){says.stored}")
        if rows:
            self.run(f"INSERT INTO {says.name(name)} VALUES {values}")  # noqa: S608 - quoted, which is what is tested


class DuckDB(Engine):
    """In memory."""

    dialect = "duckdb"

    def __init__(self) -> None:
        self.connection = duckdb.connect()

    def run(self, *statements: str) -> None:
        """One by one."""
        for statement in statements:
            self.connection.execute(statement)

    def rows(self, query: str) -> list[dict[str, Any]]:
        """As dictionaries."""
        found = self.connection.execute(query)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


class PostgreSQL(Engine):
    """By its own client."""

    dialect = "postgresql"

    def __init__(self, client: list[str]) -> None:
        self._client = client

    def _asked(self, text: str) -> str:
        run = subprocess.run(self._client, input=text, capture_output=True, text=True, encoding="utf-8", check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout

    def run(self, *statements: str) -> None:
        """All at once."""
        self._asked("".join(f"{statement};\n" for statement in statements))

    def rows(self, query: str) -> list[dict[str, Any]]:
        """As JSON, which has every digit of a number."""
        lines = self._asked(f"SELECT row_to_json(found) FROM ({query}) AS found;")  # noqa: S608 - as above
        return [json.loads(line) for line in lines.splitlines()]


class Spark(Engine):
    """On this machine."""

    dialect = "spark"

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - an optional dependency
        self._session = session

    def run(self, *statements: str) -> None:
        """One by one: it takes no more."""
        for statement in statements:
            self._session.sql(statement)

    def rows(self, query: str) -> list[dict[str, Any]]:
        """As dictionaries."""
        return [row.asDict() for row in self._session.sql(query).collect()]


@contextmanager
def _duckdb() -> Iterator[Engine]:
    yield DuckDB()


@contextmanager
def _postgresql() -> Iterator[Engine]:
    """A server of its own, gone again afterwards; it takes no administrator, so those become its own user."""
    found = shutil.which("initdb") or next(map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))), None)
    if found is None:
        pytest.skip("PostgreSQL is not installed")
    programs = Path(found).resolve().parent
    user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if user is not None:
            shutil.chown(folder, user)
        data = str(folder / "data")
        settings = f"-k {folder} -c listen_addresses= -c fsync=off"
        control = [str(programs / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log")]
        run = partial(subprocess.run, check=True, capture_output=True, user=user)
        run([found, "-D", data, "-A", "trust", "-E", "UTF8", "-U", "postgres", "--no-sync"])
        run([*control, "-o", settings, "start"])
        try:
            options = ["-h", name, "-U", "postgres", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1"]
            yield PostgreSQL([str(programs / "psql"), *options])
        finally:
            run([*control, "-m", "immediate", "stop"])


@contextmanager
def _spark() -> Iterator[Engine]:
    """A session of its own, with its tables in a folder that goes with it."""
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("PySpark is not installed")
    if shutil.which("java") is None:
        pytest.skip("no Java: PySpark cannot start")
    with tempfile.TemporaryDirectory() as folder, spark_session({"spark.sql.warehouse.dir": folder}) as session:
        yield Spark(session)


@contextmanager
def spark_session(settings: Mapping[str, str]) -> Iterator[Any]:
    """A small session of Spark on this machine, with further settings."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "1").config("spark.sql.session.timeZone", "UTC")
    for name, value in settings.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.sparkContext.setLogLevel("ERROR")
    try:
        yield made
    finally:
        made.stop()


ENGINES = {"duckdb": _duckdb, "postgresql": _postgresql, "spark": _spark}
"""How to open each, by its dialect."""


@contextmanager
def opened(dialect: str) -> Iterator[Engine]:
    """An engine of a dialect; skips with the reason where there is none."""
    with ENGINES[dialect]() as engine:
        yield engine
