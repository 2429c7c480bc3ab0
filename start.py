"""Set up nhs-orgs in a fresh checkout and run it, with nothing but Python (3.10 or newer) and pip.

    python start.py                what is behind Midlands Partnership: nhs-orgs lineage MPFT
    python start.py test           every check, then the tests
    python start.py test --quick   the tests only, without the slow ones
    python start.py find 10G       any other command of nhs-orgs

The same commands on Linux, macOS and Windows; where `python` is not the name, `python3` or, on Windows, `py`.
What is installed goes into the folder `.venv` (or the one that NHS_ORGS_VENV names) and nowhere else.
The extras that NHS_ORGS_EXTRAS names, such as `spark`, are installed too; PySpark's tests want Java besides.
This file keeps to what even Python 2 can parse, so that an old Python gets a sentence and not a traceback.
"""

from __future__ import print_function

import hashlib
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, os.environ.get("NHS_ORGS_VENV", ".venv"))
SCRIPTS = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(SCRIPTS, "python.exe" if os.name == "nt" else "python")
EXTRAS = os.environ.get("NHS_ORGS_EXTRAS", "")

CHECKS = [
    ["ruff", "check", "."],
    ["ruff", "format", "--check", "."],
    ["lint-imports"],
    ["mypy"],
    ["pyright"],
    ["pytest", "--cov"],  # last, so that its closing line closes the output
]

QUICK = ["pytest", "-m", "not slow", "--hypothesis-profile", "quick"]


def leave(message):  # type: (str) -> None
    """Stop with a sentence: what is wrong and what to do next."""
    sys.exit("start.py: " + message)


def demand_python():  # type: () -> None
    """Stop where this Python is too old."""
    if sys.version_info < (3, 10):
        found = ".".join(str(part) for part in sys.version_info[:3])
        leave(
            "nhs-orgs needs Python 3.10 or newer, and this is %s (%s). Install a newer one from "
            "https://www.python.org/downloads/ and name it, such as: python3.12 start.py" % (found, sys.executable)
        )


def missing(module):  # type: (str) -> bool
    """Tell whether this Python lacks a module (Debian and Ubuntu package some of the standard library apart)."""
    import importlib.util

    return importlib.util.find_spec(module) is None


def make_venv():  # type: () -> list[str]
    """Make the virtual environment where there is none; give the command that runs pip in it."""
    bundled_pip = not missing("ensurepip")
    if missing("venv") or (not bundled_pip and missing("pip")):
        leave(
            "this Python (%s) can make no virtual environment. On Debian or Ubuntu install what it lacks: "
            "sudo apt install python3-venv. Elsewhere install Python from https://www.python.org/downloads/"
            % sys.executable
        )
    if not os.path.exists(PYTHON):
        print("start.py: making", VENV, flush=True)
        subprocess.check_call([sys.executable, "-m", "venv", VENV] + ([] if bundled_pip else ["--without-pip"]))
    # Without ensurepip the environment has no pip of its own: this Python's pip then works on it from outside.
    return [PYTHON, "-m", "pip"] if bundled_pip else [sys.executable, "-m", "pip", "--python", PYTHON]


def install(extras):  # type: (str) -> None
    """Install the checkout with these extras, unless that was done and pyproject.toml has not changed since."""
    pip = make_venv()
    extras = ",".join([extras] + ([EXTRAS] if EXTRAS else []))
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        wanted = "%s %s %s" % (extras, hashlib.sha256(file.read()).hexdigest(), ROOT)
    stamp = os.path.join(VENV, "installed-by-start-py.txt")
    if os.path.exists(stamp):
        with open(stamp) as file:
            if wanted in file.read().splitlines():
                return
    print("start.py: installing nhs-orgs[%s]; the first time takes a minute or two" % extras, flush=True)
    options = ["--quiet", "--disable-pip-version-check", "--editable"]
    if subprocess.call(pip + ["install"] + options + ["%s[%s]" % (ROOT, extras)]) != 0:
        leave("pip could not install it; its reason is above. Mend that, or delete %s, and try again." % VENV)
    with open(stamp, "a") as file:
        file.write(wanted + "\n")


def run(command):  # type: (list[str]) -> int
    """Run a command of the environment from the checkout's folder."""
    environment = dict(os.environ, PYTHONUTF8="1")  # a Windows console would else stop at the first tree line
    environment["PATH"] = SCRIPTS + os.pathsep + environment.get("PATH", "")
    return subprocess.call([os.path.join(SCRIPTS, command[0])] + command[1:], cwd=ROOT, env=environment)


def test(quick):  # type: (bool) -> int
    """Run the checks; or the tests alone, without the slow ones, by fewer examples and unmeasured."""
    install("all,test,docs" if quick else "dev")
    failed = []
    for command in [QUICK] if quick else CHECKS:
        print("start.py:", " ".join(command), flush=True)
        if run(command) != 0:
            failed.append(" ".join(command))
    if failed:
        leave("failed: " + "; ".join(failed))
    return 0


def main(arguments):  # type: (list[str]) -> int
    """Do what the command line asks."""
    demand_python()
    if arguments in (["test"], ["test", "--quick"]):
        return test(quick="--quick" in arguments)
    install("all")
    return run(["nhs-orgs"] + (arguments or ["lineage", "MPFT"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
