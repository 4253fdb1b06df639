"""A disk that says it could not sync: a file layer put under the SQLite that Python itself uses.

Every file that SQLite opens from then on is the machine's own file, but for its `xSync`, which
can be told to fail. It is for a process that ends after the test: a layer is never taken away.
"""

from __future__ import annotations

import _sqlite3
import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_void_p, cast

IOERR_FSYNC = 1034
# What stands before and behind the two functions that matter here: see sqlite3.h.
BEFORE_SYNC, BEHIND_SYNC = 4, 13
# SQLite goes on calling a layer whose maker is forgotten.
KEPT: list[FailingDisk] = []


class Methods(Structure):
    """`sqlite3_io_methods`, of version 3 or less."""

    _fields_ = (
        ("version", c_int),
        ("before", c_void_p * BEFORE_SYNC),
        ("sync", c_void_p),
        ("behind", c_void_p * BEHIND_SYNC),
    )


class File(Structure):
    """`sqlite3_file`: the layer's own part follows."""

    _fields_ = (("methods", POINTER(Methods)),)


class Layer(Structure):
    """`sqlite3_vfs`, up to the function that opens a file, and what follows it."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest", c_int),
        ("following", c_void_p),
        ("name", c_char_p),
        ("own", c_void_p),
        ("open", c_void_p),
        ("rest", c_void_p * 15),
    )


Open = CFUNCTYPE(c_int, POINTER(Layer), c_void_p, POINTER(File), c_int, c_void_p)
Sync = CFUNCTYPE(c_int, POINTER(File), c_int)


class FailingDisk:
    """The machine's own disk, whose syncs from a certain one on fail while it is told so."""

    def __init__(self) -> None:
        library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
        library.sqlite3_vfs_find.restype = POINTER(Layer)
        usual = library.sqlite3_vfs_find(None)
        self.usual, self.seen, self.first_failing = usual, 0, -1
        self.changed: dict[int, Methods] = {}
        self.syncs: dict[int, object] = {}
        self.layer = Layer.from_buffer_copy(usual.contents)
        self.layer.name = b"failing"
        self.opened = Open(self._open)
        self.layer.open = cast(self.opened, c_void_p)
        assert library.sqlite3_vfs_register(ctypes.byref(self.layer), 1) == 0
        KEPT.append(self)

    def _open(self, _: object, name: int, file: object, flags: int, told: int) -> int:
        code = cast(self.usual.contents.open, Open)(self.usual, name, file, flags, told)
        opened: File = file.contents  # type: ignore[attr-defined]
        if code == 0 and opened.methods:
            address = ctypes.addressof(opened.methods.contents)
            if address not in self.changed:
                self.changed[address] = self._with_our_sync(opened.methods.contents)
            opened.methods = ctypes.pointer(self.changed[address])
        return int(code)

    def _with_our_sync(self, methods: Methods) -> Methods:
        known = cast(methods.sync, Sync)

        def sync(file: object, flags: int) -> int:
            self.seen += 1
            if 0 <= self.first_failing < self.seen:
                return IOERR_FSYNC
            return int(known(file, flags))

        changed = Methods.from_buffer_copy(methods)
        ours = Sync(sync)
        self.syncs[ctypes.addressof(changed)] = ours
        changed.sync = cast(ours, c_void_p)
        return changed

    @contextmanager
    def failing(self, *, after: int = 0) -> Iterator[None]:
        """So many syncs more go well, and then none until the block ends."""
        self.seen, self.first_failing = 0, after
        try:
            yield
        finally:
            self.first_failing = -1
