"""A worker on a machine that is busy with other things is not ended for ever."""

from __future__ import annotations

import time

from wardroom.jobs.cluster import PROOF_SECONDS, Pulse


def waited_for(seconds: float) -> Pulse:
    """A pool whose newest process waits so long already, and took nothing."""
    pulse = Pulse()
    pulse.made.value = time.monotonic() - seconds
    pulse.took.value = pulse.made.value - 1
    return pulse


def test_a_first_wait_over_the_limit_is_a_jam() -> None:
    assert waited_for(PROOF_SECONDS * 1.5).is_jammed()
    assert not waited_for(PROOF_SECONDS * 0.5).is_jammed()


def test_each_start_in_vain_doubles_the_patience() -> None:
    assert not waited_for(PROOF_SECONDS * 1.5).is_jammed(1)
    assert waited_for(PROOF_SECONDS * 3).is_jammed(1)
    assert not waited_for(PROOF_SECONDS * 3).is_jammed(2)


def test_patience_has_an_end() -> None:
    assert waited_for(PROOF_SECONDS * 33).is_jammed(1000)


def test_who_took_a_task_is_never_jammed() -> None:
    pulse = waited_for(PROOF_SECONDS * 100)
    pulse.took.value = time.monotonic()
    assert not pulse.is_jammed()
