"""Files on the disk, and pictures made anew."""

from __future__ import annotations

from wardroom.documents.gateways.disk import DamagedFile, path_of, read_content, write_content
from wardroom.documents.gateways.pictures import BrokenPicture, Remade, remake_picture

__all__ = [
    "BrokenPicture",
    "DamagedFile",
    "Remade",
    "path_of",
    "read_content",
    "remake_picture",
    "write_content",
]
