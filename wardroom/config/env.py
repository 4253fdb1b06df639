"""Settings from the environment, read in one place."""

from __future__ import annotations

import os
import secrets
from datetime import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("WARDROOM_HOME", ROOT / "var")).resolve()


def flag(name: str, *, default: bool) -> bool:
    """A yes-or-no setting."""
    value = os.environ.get(name)
    if value is None:
        return default
    return value.strip().lower() in {"1", "true", "yes", "on"}


def word(name: str, default: str) -> str:
    """A setting of one word, however it is written."""
    return os.environ.get(name, "").strip().casefold() or default


def number(name: str, default: int, *, least: int = 1) -> int:
    """A whole number; anything else ends the program with a sentence."""
    said = os.environ.get(name, "").strip() or str(default)
    if said.isascii() and said.isdigit() and int(said) >= least:
        return int(said)
    raise SystemExit(f"wardroom: {name} is “{said}”; write a whole number, {least} or more.")


def time_of_day(name: str, default: str) -> str:
    """A time of day such as 01:45; anything else ends the program with a sentence."""
    said = os.environ.get(name, "").strip() or default
    try:
        return time.fromisoformat(said).strftime("%H:%M")
    except ValueError:
        raise SystemExit(f"wardroom: {name} is “{said}”; write a time such as 01:45.") from None


def words(name: str, *, default: str) -> list[str]:
    """A comma-separated setting."""
    return [w.strip() for w in os.environ.get(name, default).split(",") if w.strip()]


def secret_key() -> str:
    """The signing key: from the environment, else made once and kept beside the data."""
    given = os.environ.get("WARDROOM_SECRET_KEY")
    if given:
        return given
    path = HOME / "secret-key"
    if not path.exists():
        HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
                f.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return path.read_text().strip()
