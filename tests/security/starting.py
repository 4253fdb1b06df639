"""The program as it starts under an environment, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
GOOD_KEY = "x7Jq2vNf9sLw4RtYb8KmZc3HdPgE6aUo1iBnVxQe"


def start(env: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these words and this environment, and none of the tests' own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WARDROOM_", "DJANGO_"))}
    home = os.environ["WARDROOM_HOME"]
    whole = {**kept, "WARDROOM_HOME": home, "WARDROOM_SECRET_KEY": GOOD_KEY, **env}
    call = [sys.executable, *words]
    return subprocess.run(call, cwd=ROOT, env=whole, capture_output=True, text=True, check=False)


def settings_under(env: Mapping[str, str], *names: str) -> list[Any]:
    """What these settings are under an environment."""
    code = (
        "import json, sys; from wardroom.config import settings as s;"
        "print(json.dumps([getattr(s, n, None) for n in sys.argv[1:]]))"
    )
    done = start(env, "-c", code, *names)
    assert done.returncode == 0, done.stderr
    told: list[Any] = json.loads(done.stdout)
    return told
