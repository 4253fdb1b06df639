"""The set-up script knows what it needs, says so plainly, and does nothing twice."""

from __future__ import annotations

import ast
import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import run
from starting import environment, machine, serving

ROOT = Path(__file__).resolve().parents[2]
PATH = f"sys.path.insert(0, {str(ROOT)!r})"
SCRIPT = [ROOT / "run.py", *sorted(ROOT.glob("starting/*.py"))]


def test_script_uses_the_standard_library_only() -> None:
    found = {
        name.split(".")[0]
        for path in SCRIPT
        for node in ast.walk(ast.parse(path.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert found <= {*sys.stdlib_module_names, "starting", "wardroom"}
    alone = "import sys, wardroom.jobs.holding; sys.exit('django' in sys.modules)"
    subprocess.run([sys.executable, "-I", "-S", "-c", f"import sys; {PATH}; {alone}"], check=True)


def test_script_can_be_read_by_an_old_python_so_that_it_can_refuse() -> None:
    for path in SCRIPT:
        ast.parse(path.read_text(), feature_version=(3, 7))


def test_old_python_is_refused_in_a_sentence() -> None:
    with pytest.raises(machine.Stop, match=r"needs Python 3\.11 or newer; this is Python 3\.9\.18"):
        machine.check_python((3, 9, 18))
    machine.check_python((3, 11, 0))
    machine.check_python((3, 14, 1))


def test_full_disk_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(machine, "ENVIRONMENT_STAMP", tmp_path / "no-stamp")
    with pytest.raises(machine.Stop, match=r"0\.1 GB left"):
        machine.check_machine("runtime", free=100_000_000)
    machine.check_machine("runtime", free=10_000_000_000)


def test_folder_without_permission_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WARDROOM_HOME", str(tmp_path / "a" / "b"))
    monkeypatch.setattr("os.access", lambda place, mode: Path(place) != tmp_path)
    with pytest.raises(machine.Stop, match=f"No permission to write to {re.escape(str(tmp_path))}"):
        machine.check_machine("runtime")


def test_failed_step_shows_its_last_lines() -> None:
    code = "import sys; print('out of paper'); sys.exit(3)"
    with pytest.raises(machine.Stop, match=r"(?s)exit code 3.*out of paper"):
        machine.call([sys.executable, "-c", code])


def test_next_free_port_is_taken_where_another_program_has_the_wanted_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WARDROOM_HOME", str(tmp_path))
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        taken = busy.getsockname()[1]
        monkeypatch.setenv("WARDROOM_PORT", str(taken))
        assert taken < serving.choose_port() <= taken + 99


@pytest.mark.parametrize("port", ["eighty", "", "0", "65536", "-1"])
def test_port_that_is_none_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, port: str
) -> None:
    monkeypatch.setenv("WARDROOM_PORT", port)
    with pytest.raises(machine.Stop, match="WARDROOM_PORT must be a number from 1 to 65535"):
        serving.choose_port()


@pytest.mark.parametrize(
    ("kept", "wanted", "ready"),
    [
        ("runtime", "runtime", True),
        ("dev", "dev", True),
        ("dev", "runtime", True),
        ("runtime", "dev", False),
    ],
)
def test_larger_set_of_packages_serves_for_the_smaller(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kept: str, wanted: str, ready: bool
) -> None:
    stamp = tmp_path / "stamp.json"
    stamp.write_text(json.dumps({"set": kept, "digest": environment.environment_digest(kept)}))
    monkeypatch.setattr(environment, "ENVIRONMENT_STAMP", stamp)
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    assert environment.environment_is_ready(wanted) is ready


def test_changed_lock_makes_the_environment_stale(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stamp = tmp_path / "stamp.json"
    stamp.write_text(json.dumps({"set": "dev", "digest": "of an older lock"}))
    monkeypatch.setattr(environment, "ENVIRONMENT_STAMP", stamp)
    assert not environment.environment_is_ready("dev")


def test_unknown_task_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["dance"]) == 2
    assert "run | test | check" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["uv", "runtime", "dev"])
def test_lock_has_hashes_and_no_addresses(name: str) -> None:
    lock = (ROOT / "requirements" / f"{name}.lock").read_text()
    assert "://" not in lock
    pins = re.findall(r"^[a-z0-9._-]+==\S+.*(?:\n {4}.*)*", lock, re.M | re.I)
    assert pins
    assert all("--hash=sha256:" in pin for pin in pins)


def test_every_runtime_pin_is_in_the_development_lock() -> None:
    pin = re.compile(r"^([a-z0-9._-]+==[^ ;]+)", re.M | re.I)
    runtime, dev = (
        set(pin.findall((ROOT / "requirements" / f"{name}.lock").read_text()))
        for name in ("runtime", "dev")
    )
    assert runtime <= dev


def test_build_machine_script_is_sound() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
    assert "make check" in script.read_text()
