"""The bill of materials: every locked package with its hashes, as CycloneDX 1.6 in JSON.

    python3 -m tests.tasks.sbom > sbom.json

It is told from the locks alone, so that the same locks give the same bill. What npm packages
the pages are made of stands in it, too, by package.json and its lock.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from wardroom import __version__

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def locked_packages(text: str) -> list[dict[str, Any]]:
    """The packages of a lock, each with its version and the hashes of its files."""
    found: list[dict[str, Any]] = []
    for line in text.splitlines():
        if pinned := PINNED.match(line):
            name, version = pinned.groups()
            purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
            found.append(_component(name, version, purl))
        for digest in HASH.findall(line):
            found[-1]["hashes"].append({"alg": "SHA-256", "content": digest})
    return found


def npm_packages(lock: dict[str, Any]) -> list[dict[str, Any]]:
    """The browser's packages, by the lock of deno."""
    found = []
    for key, row in sorted(lock.get("npm", {}).items()):
        name, _, version = key.partition("_")[0].rpartition("@")
        purl = f"pkg:npm/{name.replace('@', '%40')}@{version}"
        part = _component(name, version, purl)
        part["properties"] = [{"name": "integrity", "value": row.get("integrity", "")}]
        found.append(part)
    return found


def _component(name: str, version: str, purl: str) -> dict[str, Any]:
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "hashes": [],
    }


def bill() -> dict[str, Any]:
    """The whole bill."""
    runtime = (ROOT / "requirements" / "runtime.lock").read_text()
    deno = (ROOT / "deno.lock").read_text()
    serial = hashlib.sha256((runtime + deno).encode()).hexdigest()
    number = f"{serial[:8]}-{serial[8:12]}-5{serial[13:16]}-8{serial[17:20]}-{serial[20:32]}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{number}",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "wardroom", "version": __version__}
        },
        "components": locked_packages(runtime) + npm_packages(json.loads(deno)),
    }


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1)
    print()
