"""The environment in .venv, from the hash-locked lists, and the browser files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from starting.machine import (
    ENVIRONMENT_STAMP,
    OLDEST,
    PYTHON,
    ROOT,
    TOOLS,
    VENV,
    Stop,
    call,
    digest,
    say,
)


def environment_is_ready(which: str) -> bool:
    """Whether .venv holds the wanted locked set; the larger set serves for both."""
    try:
        stamp = json.loads(ENVIRONMENT_STAMP.read_text())
    except (OSError, ValueError):
        return False
    if which == "runtime" and stamp.get("set") == "dev":
        which = "dev"
    wanted = environment_digest(which)
    return stamp.get("set") == which and stamp.get("digest") == wanted and PYTHON.exists()


def environment_digest(which: str) -> str:
    """What .venv depends on: the lock, our own metadata, and where it stands."""
    lock = ROOT / "requirements" / f"{which}.lock"
    return digest([lock, ROOT / "pyproject.toml"], str(ROOT))


def prepare_environment(which: str) -> None:
    """Make .venv hold exactly the locked packages, and Wardroom itself."""
    if environment_is_ready(which):
        return
    if which == "runtime" and _stamped_set() == "dev":
        which = "dev"
    lock = ROOT / "requirements" / f"{which}.lock"
    uv = find_uv()
    if not _venv_works():
        shutil.rmtree(VENV, ignore_errors=True)
        if uv:
            call([uv, "venv", "-q", "--no-config", "--python", sys.executable, str(VENV)])
        else:
            call([sys.executable, "-m", "venv", str(VENV)])
    with suppress(FileNotFoundError):
        ENVIRONMENT_STAMP.unlink()
    say(f"installing the locked Python packages ({which})")
    if not (uv and _sync_with_uv(uv, lock)):
        _sync_with_pip(lock)
    stamp = {"set": which, "digest": environment_digest(which)}
    ENVIRONMENT_STAMP.write_text(json.dumps(stamp))
    say("Python packages ready")


def find_uv() -> str | None:
    """The pinned uv in .tools, fetched with pip where it is not there; None where it cannot be."""
    uv = TOOLS / "bin" / "uv"
    lock = ROOT / "requirements" / "uv.lock"
    stamp = TOOLS / "uv-digest"
    wanted = digest([lock])
    if uv.exists() and stamp.exists() and stamp.read_text() == wanted:
        return str(uv)
    say("fetching the installer (uv)")
    pip = [sys.executable, "-m", "pip"]
    fetch = [*pip, "install", "-q", "-q", "--disable-pip-version-check", "--no-deps", "--upgrade"]
    try:
        call([*fetch, "--require-hashes", "--target", str(TOOLS), "-r", str(lock)])
    except Stop:
        say("the installer could not be fetched; using plain pip instead, which takes longer")
        return None
    stamp.write_text(wanted)
    return str(uv)


def _stamped_set() -> str | None:
    with suppress(OSError, ValueError):
        found: str | None = json.loads(ENVIRONMENT_STAMP.read_text()).get("set")
        return found
    return None


def _venv_works() -> bool:
    code = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.run([str(PYTHON), "-c", code], check=False).returncode == 0
    except OSError:
        return False


def _sync_with_uv(uv: str, lock: Path) -> bool:
    pip = [uv, "pip"]
    where = ["-q", "--no-config", "--python", str(PYTHON)]
    try:
        call([*pip, "sync", *where, "--require-hashes", str(lock)])
        call([*pip, "install", *where, "--no-deps", "--no-build-isolation", "--offline", "-e", "."])
    except Stop as no:
        say(f"uv could not do it, trying plain pip: {str(no).splitlines()[-1]}")
        return False
    return True


def _sync_with_pip(lock: Path) -> None:
    pip = [str(PYTHON), "-m", "pip"]
    quiet = ["-q", "-q", "--disable-pip-version-check"]
    try:
        if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
            call([str(PYTHON), "-m", "ensurepip", "--upgrade"])
        call([*pip, "install", *quiet, "--require-hashes", "-r", str(lock)])
        call([*pip, "install", *quiet, "--no-deps", "--no-build-isolation", "-e", "."])
    except Stop as no:
        raise Stop(
            "The Python packages could not be installed. Wardroom's first set-up needs a package "
            "index, reached by the network or by a mirror that pip is told of (pip.conf), and "
            f"Python's own venv and pip (on Debian: python3-venv, python3-pip).\n{no}"
        ) from no


def prepare_browser_files() -> None:
    """Build the browser files and collect them; the build itself knows when nothing changed."""
    sources = [p for p in (ROOT / "wardroom" / "web").rglob("*") if _is_source(p)]
    wanted = digest(sources, environment_digest(_stamped_set() or "runtime"))
    stamp = ROOT / "build" / "browser-files"
    if stamp.exists() and stamp.read_text() == wanted and (ROOT / "build" / "static").is_dir():
        return
    say("building the browser files")
    call([str(PYTHON), "-m", "wardroom.web.ui.build"])
    collect = [str(PYTHON), "manage.py", "collectstatic", "--noinput", "--clear", "-v", "0"]
    call(collect, env={"WARDROOM_SECRET_KEY": "only-to-collect-files"})
    stamp.write_text(wanted)
    say("browser files ready")


def _is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and path.suffix != ".html"
