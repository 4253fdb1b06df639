"""Files on the disk, and pictures made anew."""

from __future__ import annotations

from wardroom.documents.gateways.disk import (
    DamagedFile,
    content_pieces,
    path_of,
    read_content,
    remove_content,
    write_content,
)
from wardroom.documents.gateways.needs import (
    ask_before_attaching,
    ask_before_disposing,
    ask_before_removing,
    check_stands,
    is_pointed_at,
    must_be_kept,
)
from wardroom.documents.gateways.pictures import BrokenPicture, Remade, remake_picture
from wardroom.documents.gateways.scanner import ScannerAway, scan
from wardroom.documents.gateways.turns import have_alone, keep_content

__all__ = [
    "BrokenPicture",
    "DamagedFile",
    "Remade",
    "ScannerAway",
    "ask_before_attaching",
    "ask_before_disposing",
    "ask_before_removing",
    "check_stands",
    "content_pieces",
    "have_alone",
    "is_pointed_at",
    "keep_content",
    "must_be_kept",
    "path_of",
    "read_content",
    "remake_picture",
    "remove_content",
    "scan",
    "write_content",
]
