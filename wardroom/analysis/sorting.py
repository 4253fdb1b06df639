"""Sorting whole numbers that stand for places, kinds and months: counted digit by digit."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

DIGIT = 11


def sorted_with(
    keys: NDArray[np.unsignedinteger], carried: NDArray[np.generic]
) -> tuple[NDArray[np.unsignedinteger], NDArray[np.generic]]:
    """The keys in rising order, each with what it carries; equal keys stay as they stood.

    Both have shape (n,); the arguments are left as they are. Cost grows with n only.
    """
    return sorted_in_place(keys.copy(), carried.copy())


def sorted_in_place(
    keys: NDArray[np.unsignedinteger], carried: NDArray[np.generic]
) -> tuple[NDArray[np.unsignedinteger], NDArray[np.generic]]:
    """The same, for arguments that nobody needs any more: they become scrap."""
    if not len(keys):
        return keys, carried
    bits = int(keys.max()).bit_length()
    scrap = np.empty_like(keys), np.empty_like(carried)
    sorted_keys, sorted_carried = _radix(keys, carried, *scrap, bits)
    return sorted_keys, sorted_carried


@njit(cache=True, nogil=True)
def _radix(key, carried, other_key, other_carried, bits):  # type: ignore[no-untyped-def]
    mask = (1 << DIGIT) - 1
    for shift in range(0, bits, DIGIT):
        place = np.zeros((1 << DIGIT) + 1, dtype=np.int64)
        for i in range(len(key)):
            place[((key[i] >> shift) & mask) + 1] += 1
        for digit in range(1 << DIGIT):
            place[digit + 1] += place[digit]
        for i in range(len(key)):
            digit = (key[i] >> shift) & mask
            to = place[digit]
            other_key[to] = key[i]
            other_carried[to] = carried[i]
            place[digit] = to + 1
        key, other_key = other_key, key
        carried, other_carried = other_carried, carried
    return key, carried
