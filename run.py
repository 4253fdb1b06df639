"""One command for everything: python3 run.py TASK.

Tasks: run | test | check | bench | bench-engine | health | lock | clean.

It needs Python 3.11 or newer and nothing else. It makes its own environment in .venv from the
hash-locked lists in requirements/, builds the browser files, makes the database, and serves.
`make run` and `make test` call it. docs/settings.md lists what the environment may change.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
PYTHON = VENV / "bin" / "python"
ENVIRONMENT_STAMP = VENV / "wardroom-environment.json"
STARTED = time.monotonic()
OLDEST = (3, 11)
ROOM_NEEDED = {"runtime": 2_000_000_000, "dev": 3_000_000_000}
LIVE_SECONDS = 90
BENCHES = {"bench": "bench", "bench-engine": "bench.engine"}
SIGN_INS = (
    ("director", "director@wardroom.example"),
    ("ward liaison", "liaison5@wardroom.example"),
    ("agency partner", "partner.dpw@wardroom.example"),
)
SIGN_IN_PASSWORD = "wardroom-demonstration"


class Stop(Exception):
    """It cannot go on, and this sentence says what is missing."""


def say(line: str) -> None:
    """Print one line of progress with the seconds since the start."""
    print(f"[{time.monotonic() - STARTED:6.1f} s] {line}", flush=True)


def home() -> Path:
    """The folder of the database, the files and the logs."""
    return Path(os.environ.get("WARDROOM_HOME", str(ROOT / "var"))).resolve()


def digest(paths: list[Path], *more: str) -> str:
    """One short hash over these files and words."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode())
        total.update(path.read_bytes())
    for word in more:
        total.update(b"\0" + word.encode())
    return total.hexdigest()[:32]


# The machine ----------------------------------------------------------------------------------


def check_python(version: tuple[int, ...] = tuple(sys.version_info[:3])) -> None:
    """Refuse a Python that is too old, in a sentence."""
    if tuple(version[:2]) < OLDEST:
        have = ".".join(str(v) for v in version)
        raise Stop(
            f"Wardroom needs Python 3.11 or newer; this is Python {have}. "
            "Install a newer one and call it by name, for example: make run PYTHON=python3.12"
        )


def check_machine(which: str, *, free: int | None = None) -> None:
    """Refuse a folder that cannot be written to, or a disk that is nearly full."""
    if os.name != "posix":
        raise Stop("Wardroom runs on Linux and macOS; on Windows use WSL.")
    for folder in (ROOT, home()):
        place = folder
        while not place.exists():
            place = place.parent
        if not os.access(place, os.W_OK):
            raise Stop(f"No permission to write to {place}. Give it, or set WARDROOM_HOME.")
    if not ENVIRONMENT_STAMP.exists():
        free = shutil.disk_usage(ROOT).free if free is None else free
        need = ROOM_NEEDED[which]
        if free < need:
            raise Stop(
                f"The disk has {free / 1e9:.1f} GB left; "
                f"the first set-up needs about {need / 1e9:.0f} GB."
            )


@contextmanager
def one_at_a_time():  # type: ignore[no-untyped-def]
    """Hold the set-up lock, so that two runs do not build the same folder."""
    import fcntl

    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("another run is setting up; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def call(argv: list[str], *, quiet: bool = True, env: dict[str, str] | None = None) -> str:
    """Run a command; raise Stop with its last lines where it fails."""
    done = subprocess.run(
        argv,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = "\n".join((done.stdout or "").strip().splitlines()[-15:])
        shown = " ".join(argv[:6])
        raise Stop(f"This step failed with exit code {done.returncode}: {shown} ...\n{last}")
    return done.stdout or ""


# The environment ------------------------------------------------------------------------------


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


# Running --------------------------------------------------------------------------------------


def run() -> int:
    """Set up whatever is missing, then serve the site with a worker beside it."""
    check_machine("runtime")
    with one_at_a_time():
        prepare_environment("runtime")
        prepare_browser_files()
        prepare_database()
    port = free_port(int(os.environ.get("WARDROOM_PORT", "8000")))
    return serve(port)


def prepare_database() -> None:
    """Make or bring up to date the database; load the demonstration into one that is new."""
    stamp = home() / "database-stamp.json"
    wanted = {"database": _database_name(), "schema": _schema_digest()}
    with suppress(OSError, ValueError):
        if json.loads(stamp.read_text()) == wanted and _database_file_exists():
            return
    home().mkdir(parents=True, exist_ok=True)
    say("making the database ready")
    call([wardroom(), "setup"], quiet=False)
    say("loading the demonstration district where the database is empty")
    call([wardroom(), "demo", "--when-empty"], quiet=False)
    stamp.write_text(json.dumps(wanted))
    say("database ready")


def wardroom() -> str:
    """The wardroom command in .venv."""
    return str(VENV / "bin" / "wardroom")


def _schema_digest() -> str:
    package = ROOT / "wardroom"
    kept = [*package.glob("*/migrations/*.py"), *package.glob("library/**/*")]
    return digest([p for p in kept if p.is_file() and p.suffix != ".pyc"])


def _database_name() -> str:
    url = os.environ.get("DATABASE_URL", f"sqlite in {home()}")
    return hashlib.sha256(url.encode()).hexdigest()[:32]


def _database_file_exists() -> bool:
    return "DATABASE_URL" in os.environ or (home() / "wardroom.sqlite3").exists()


def free_port(first: int) -> int:
    """The wanted port, or the next free one."""
    for port in range(first, min(first + 100, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Stop(f"No port from {first} to {first + 99} is free; set WARDROOM_PORT to another.")


def serve(port: int) -> int:
    """Start the web server and the worker, say when they answer, and wait until they end."""
    site = f"http://127.0.0.1:{port}"
    logs = home() / "logs"
    argv = [wardroom(), "serve", "--port", str(port), "--with-worker", "--log-folder", str(logs)]
    environment = {**os.environ, "WARDROOM_SITE": os.environ.get("WARDROOM_SITE", site)}
    child = subprocess.Popen(argv, cwd=ROOT, env=environment, start_new_session=True)
    try:
        if _answers(site, child):
            _welcome(site)
        return child.wait()
    except KeyboardInterrupt:
        print(flush=True)
        say("stopping")
        return 0
    finally:
        _end(child)


def _answers(site: str, child: subprocess.Popen[bytes]) -> bool:
    from urllib.request import urlopen

    until = time.monotonic() + LIVE_SECONDS
    while child.poll() is None and time.monotonic() < until:
        with suppress(OSError), urlopen(f"{site}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
        time.sleep(0.2)
    if child.poll() is None:
        raise Stop(f"The site did not answer within {LIVE_SECONDS} s; see {home() / 'logs'}.")
    return False


def _welcome(site: str) -> None:
    say(f"Wardroom is ready at {site}")
    if (home() / "demonstration").exists():
        print("\n  Demonstration sign-ins (an invented, schematic district):")
        for who, email in SIGN_INS:
            print(f"    {who:<15} {email:<30} {SIGN_IN_PASSWORD}")
    print("\n  Stop with Ctrl-C. Nothing is lost; the next start takes a few seconds.", flush=True)


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            child.wait(40)
    if child.poll() is None:
        child.kill()


# Developing -----------------------------------------------------------------------------------


def develop(task: str, words: list[str]) -> int:
    """Run a task of a developer in the full environment: test, check, health, or a benchmark."""
    check_machine("dev")
    with one_at_a_time():
        prepare_environment("dev")
        prepare_browser_files()
    module = BENCHES.get(task, f"tests.tasks.{task}")
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
        if task in ("test", "check", "health", *BENCHES):
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
