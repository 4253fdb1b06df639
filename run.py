"""One command for everything: python3 run.py TASK.

Tasks: run | test | check | torture | bench | bench-engine | health | lock | clean.

It needs Python 3.11 or newer and nothing else. It makes its own environment in .venv from the
hash-locked lists in requirements/, builds the browser files, makes the database, and serves.
`make run` and `make test` call it. docs/settings.md lists what the environment may change.
"""

from __future__ import annotations

import shutil
import subprocess
import sys

from starting.environment import find_uv, prepare_browser_files, prepare_environment
from starting.machine import (
    PYTHON,
    ROOT,
    TOOLS,
    VENV,
    Stop,
    call,
    check_machine,
    check_python,
    one_at_a_time,
    say,
)
from starting.serving import choose_port, end_when_told, prepare_database, serve, wanted_port

MODULES = {"torture": "tests.torture", "bench": "bench", "bench-engine": "bench.engine"}


def run() -> int:
    """Set up whatever is missing, then serve the site with a worker beside it."""
    end_when_told()
    check_machine("runtime")
    choose_port()  # refuses before anything is changed under a house that is open
    with one_at_a_time():
        prepare_environment("runtime")
        prepare_browser_files()
        prepare_database()
    port = choose_port()
    if port != wanted_port():
        say(f"another program has port {wanted_port()}; taking {port}")
    return serve(port)


def develop(task: str, words: list[str]) -> int:
    """Run a task of a developer in the full environment, such as test, check or a benchmark."""
    check_machine("dev")
    with one_at_a_time():
        prepare_environment("dev")
        prepare_browser_files()
    module = MODULES.get(task, f"tests.tasks.{task}")
    return subprocess.run([str(PYTHON), "-m", module, *words], cwd=ROOT, check=False).returncode


def lock() -> int:
    """Resolve requirements/*.in again into the hash-locked lists."""
    with one_at_a_time():
        uv = find_uv()
    if uv is None:
        raise Stop("Locking needs uv, which could not be fetched.")
    for name in ("uv", "runtime", "dev"):
        flags = "--generate-hashes --no-emit-index-url --no-header --no-annotate --universal"
        files = [f"requirements/{name}.in", "-o", f"requirements/{name}.lock"]
        versions = ["--python-version", "3.11"]
        call([uv, "pip", "compile", "-q", "--no-config", *files, *flags.split(), *versions])
        say(f"locked requirements/{name}.lock")
    return 0


def clean() -> int:
    """Remove what this script made, but never the database, the files and the mail in var/."""
    for folder in (VENV, TOOLS, ROOT / "build", ROOT / "node_modules"):
        shutil.rmtree(folder, ignore_errors=True)
    say("removed .venv, .tools, build and node_modules; the data in var is untouched")
    return 0


def main(words: list[str]) -> int:
    """Do one task and return its exit code."""
    asks_how = {"-h", "--help"} & set(words[1:2])
    task = "help" if asks_how else words[0] if words else "run"
    try:
        check_python()
        if task == "run":
            return run()
        if task in ("test", "check", "health", *MODULES):
            return develop(task, words[1:])
        if task in ("lock", "clean"):
            return lock() if task == "lock" else clean()
        print(__doc__, file=sys.stderr)
        return 0 if task in ("help", "-h", "--help") else 2
    except Stop as no:
        print(f"\n{no}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nstopped", file=sys.stderr, flush=True)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
