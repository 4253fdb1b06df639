"""S18: what is unsafe in our code, or a key in it, is found; each locked package is on the bill."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.setup.test_run import ROOT
from tests.tasks.check import CHECKS
from tests.tasks.own_code import secrets, unreviewed, unsafe
from tests.tasks.reviewed import SECRETS, UNSAFE, Reviewed
from tests.tasks.sbom import bill, locked_packages

UNSAFE_CODE = """
import hashlib, pickle, subprocess

def run(words, cursor):
    subprocess.run(words, shell=True)
    eval(words)
    pickle.loads(words)
    hashlib.md5(words)
    cursor.execute("SELECT * FROM t WHERE a = '%s'" % words)
"""


def test_power_check_what_is_unsafe_is_found(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text(UNSAFE_CODE)
    found = unsafe(".", root=tmp_path)
    assert {what for _, what in found} >= {"B602", "B307", "B301", "B324", "B608"}
    assert len(unreviewed(found, {})) == len(found)


def test_power_check_a_key_in_the_code_is_found(tmp_path: Path) -> None:
    token = "AKIA" + "IOSFODNN7EXAMPL3"
    (tmp_path / "keys.py").write_text(f'access = "{token}"\npassword = "correct-horse-1"\n')
    found = secrets(".", root=tmp_path)
    assert {what for _, what in found} >= {"AWS Access Key", "Secret Keyword"}


def test_what_was_reviewed_says_why_and_is_counted() -> None:
    place = ("a.py", "B1")
    known = {place: Reviewed(1, "read")}
    found = Counter({place: 1})
    assert unreviewed(found, known) == []
    found[place] = 2
    assert unreviewed(found, known) == ["a.py: B1 2 times, of which 1 reviewed"]
    assert unreviewed(Counter(), known)
    assert all(len(row.why) > 7 for row in [*UNSAFE.values(), *SECRETS.values()])


def test_own_code_is_looked_through_at_every_check() -> None:
    assert any("tests.tasks.own_code" in check.argv for check in CHECKS)


def test_bill_holds_every_locked_package_with_its_hashes() -> None:
    text = (ROOT / "requirements" / "runtime.lock").read_text()
    rows = locked_packages(text)
    assert len(rows) == sum(line[:1].isalnum() for line in text.splitlines())
    assert all(row["hashes"] and row["version"] for row in rows)
    names = {row["name"] for row in bill()["components"]}
    assert {"django", "cryptography", "pillow", "@uswds/uswds"} <= names
    assert bill() == bill()
