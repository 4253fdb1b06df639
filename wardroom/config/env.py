"""Settings from the environment, read in one place."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("WARDROOM_HOME", ROOT / "var")).resolve()


def flag(name: str, *, default: bool) -> bool:
    """A yes-or-no setting."""
    value = os.environ.get(name)
    if value is None:
        return default
    return value.strip().lower() in {"1", "true", "yes", "on"}


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
        HOME.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as f:
                f.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return path.read_text().strip()
