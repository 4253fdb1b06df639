"""Files that are sent with a form: none is read before the scanner, where one is set, saw it.

Whoever reads such a file, or asks how large it is, is refused where the scanner found something
or gave no answer; so no form can forget it. What nobody reads is not scanned.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    TemporaryFileUploadHandler,
)

from wardroom.documents.actions import check_clean
from wardroom.documents.rules import MOST_BYTES
from wardroom.kernel.errors import Refused


class FileRefused(Refused, ValidationError):  # type: ignore[misc]
    """A file that must not be read; a form says so at its field."""


class Scanned:
    """A file whose content is given only once it was seen to be clean."""

    _seen = False
    _wrong: tuple[str, str] | None = None

    @property
    def file(self) -> IO[Any]:
        """The content. Refuses: `scanner_found`, `scanner_away`, `too_large` for a scanner."""
        self._look()
        return self.unseen

    @file.setter
    def file(self, content: IO[Any]) -> None:
        self.unseen = content

    @property
    def size(self) -> int | None:
        """How large it is. Refuses: what `file` refuses."""
        self._look()
        return self.length

    @size.setter
    def size(self, length: int | None) -> None:
        self.length = length

    @property
    def closed(self) -> bool:
        """Whether it was let go of."""
        return self.unseen.closed

    def close(self) -> None:
        """Let go of it, whatever was seen; it may be gone already."""
        with suppress(FileNotFoundError):
            self.unseen.close()

    def _look(self) -> None:
        if not self._seen and settings.SCANNER:
            self._wrong = _wrong_with(self.unseen, self.length or 0)
        self._seen = True
        if self._wrong is not None:
            raise FileRefused(*self._wrong, field="file")


class InMemory(Scanned, InMemoryUploadedFile):  # type: ignore[misc]
    """A small one."""


class OnDisk(Scanned, TemporaryUploadedFile):  # type: ignore[misc]
    """A large one."""

    def temporary_file_path(self) -> str:
        """Where it lies, to be taken away again."""
        return str(self.unseen.name)


class InMemoryHandler(MemoryFileUploadHandler):
    """Takes the small files of a form."""

    def file_complete(self, file_size: int) -> UploadedFile[Any] | None:
        """The file, for whoever reads it to have it scanned."""
        if not self.activated:
            return None
        self.file.seek(0)
        return InMemory(
            file=self.file,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )


class OnDiskHandler(TemporaryFileUploadHandler):
    """Takes the large files of a form."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file on the disk."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.taken = OnDisk(
            self.file_name or "", self.content_type, 0, self.charset, self.content_type_extra
        )
        self.file = self.taken

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write one piece down."""
        self.taken.unseen.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """The file, for whoever reads it to have it scanned."""
        self.taken.unseen.seek(0)
        self.taken.size = file_size
        return self.taken


def pieces(file: UploadedFile[Any]) -> Iterator[bytes]:
    """What a file holds, to tell by it which form was sent; nothing of it is used or kept."""
    content = getattr(file, "unseen", file)
    content.seek(0)
    while piece := content.read(64 * 1024):
        yield piece
    content.seek(0)


def _wrong_with(content: IO[Any], length: int) -> tuple[str, str] | None:
    """The code and the sentence of a refusal."""
    if length > MOST_BYTES:
        return "too_large", "The file is larger than 20 MB."
    content.seek(0)
    try:
        check_clean(content.read())
    except Refused as no:
        return no.code, no.sentence
    finally:
        content.seek(0)
    return None
