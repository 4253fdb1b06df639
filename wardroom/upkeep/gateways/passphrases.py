"""The passphrase of sealed backups, read from a file that the operator keeps."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from wardroom.kernel.errors import Refused


def passphrase_in(path: Path) -> str:
    """The first line of a file. Refuses: `no_passphrase` where there is none to read."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise Refused("no_passphrase", f"The passphrase cannot be read from {path}.") from None
    if not lines or not lines[0].strip():
        raise Refused("no_passphrase", f"There is no passphrase in {path}.")
    return lines[0].strip()


def usual_passphrase() -> str:
    """That of WARDROOM_BACKUP_PASSPHRASE_FILE; empty where backups are not sealed."""
    name = settings.BACKUP_PASSPHRASE_FILE
    return passphrase_in(Path(name)) if name else ""
