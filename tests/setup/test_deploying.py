"""What an office starts Wardroom with: units that may do little, an image of no registry."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from wardroom.jobs.cli import COMMANDS

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = ("wardroom-web.service", "wardroom-worker.service")
PROGRAM = "/opt/wardroom/.venv/bin/wardroom"
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictSUIDSGID": "yes",
    "StateDirectoryMode": "0700",
    "UMask": "0077",
    "User": "wardroom",
    "Restart": "on-failure",
}
MOST_EXPOSED = 20  # of 100, as systemd counts; a unit without any of this has 96
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="needs systemd-analyze"
)


def read(text: str) -> ConfigParser:
    unit = ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(text)
    return unit


def faults(text: str) -> list[str]:
    """What a unit may do that it need not, and commands that there are not."""
    service = read(text)["Service"]
    found = [name for name, value in HARDENED.items() if service.get(name) != value]
    for line in re.findall(r"^ExecStart(?:Pre)?=(.*)$", text, re.M):
        program, command = line.split()[:2]
        if program != PROGRAM or command not in COMMANDS:
            found.append(line)
    return found


@pytest.mark.parametrize("name", UNITS)
def test_unit_may_do_little_and_starts_what_there_is(name: str) -> None:
    assert faults((DEPLOY / name).read_text()) == []


def test_slack_unit_would_be_found() -> None:
    """The power check: take one guard away, or start what there is not."""
    text = (DEPLOY / UNITS[0]).read_text()
    assert faults(text.replace("ProtectSystem=strict", "ProtectSystem=no")) == ["ProtectSystem"]
    assert faults(text.replace("NoNewPrivileges=yes\n", "")) == ["NoNewPrivileges"]
    assert faults(text.replace("wardroom serve", "wardroom sail")) != []


def analyze(name: str, folder: Path, *words: str, without: str = "") -> int:
    """What systemd says of a unit that starts a program which is there."""
    text = (DEPLOY / name).read_text().replace(PROGRAM, sys.executable)
    text = text.replace("WorkingDirectory=/opt/wardroom", "WorkingDirectory=/")
    lines = [line for line in text.splitlines() if not (without and re.match(without, line))]
    path = folder / name
    path.write_text("\n".join(lines))
    done = subprocess.run(
        ["systemd-analyze", *words, str(path)], capture_output=True, text=True, check=False
    )
    print(done.stdout, done.stderr)  # noqa: T201
    return done.returncode


@needs_systemd
@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_the_unit_little_exposed(name: str, tmp_path: Path) -> None:
    asked = ("security", "--offline=yes", f"--threshold={MOST_EXPOSED}", "--no-pager")
    assert analyze(name, tmp_path, *asked) == 0
    slack = "Protect|Private|Restrict|System|Capab"
    assert analyze(name, tmp_path, *asked, without=slack) != 0


def test_image_names_no_registry_and_runs_as_nobody_in_particular() -> None:
    text = (DEPLOY / "Containerfile").read_text()
    words = re.sub(r"^#.*$", "", text, flags=re.M)
    assert re.findall(r"^FROM (.*)$", words, re.M) == ["${BASE}"]
    assert re.findall(r"^ARG (.*)$", words, re.M) == ["BASE"]
    assert re.findall(r"^USER (.*)$", words, re.M) == ["10001:10001"]
    hosts = set(re.findall(r"\b[a-z0-9-]+\.(?:io|com|org|dev|net)\b", words))
    assert hosts == set()
    assert "/health/" in words
    for command in re.findall(r"\bwardroom (setup|serve|worker|\w+) ?", words):
        assert command in COMMANDS


def test_what_the_image_prepares_is_there() -> None:
    from starting import environment

    assert callable(environment.prepare_environment)
    assert callable(environment.prepare_browser_files)
