"""Copying the house into a file outside, and bringing it back."""

from __future__ import annotations

from wardroom.upkeep.gateways.archive import Checked, read_archive
from wardroom.upkeep.gateways.passphrases import passphrase_in, usual_passphrase
from wardroom.upkeep.gateways.restoring import Restored, restore, try_backup
from wardroom.upkeep.gateways.taking import Made, back_up

__all__ = [
    "Checked",
    "Made",
    "Restored",
    "back_up",
    "passphrase_in",
    "read_archive",
    "restore",
    "try_backup",
    "usual_passphrase",
]
