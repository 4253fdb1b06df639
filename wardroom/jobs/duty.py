"""The rota by the clock: swaps are chased, gaps looked for, and shifts of who left freed."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.jobs.each import do_each
from wardroom.jobs.reliving import relived
from wardroom.jobs.stamps import worker_stamp
from wardroom.office.actions import chase_swap, keep_gaps
from wardroom.office.gateways import free_shifts_of_leavers
from wardroom.office.queries import get_swaps_to_chase
from wardroom.office.queries.gaps import gaps_have_changed


@relived
def chase_swaps() -> int:
    """Ask again where nobody answered, and end what has begun; gives how many swaps moved."""
    stamp = worker_stamp()
    swaps = get_swaps_to_chase(at=stamp.at)
    return do_each(swaps, lambda swap: chase_swap(swap, stamp=stamp), told="swap")


@relived
def look_for_gaps() -> int:
    """Free the shifts of who left, and keep the gaps of the next 30 days in the lists."""
    stamp = worker_stamp()
    freed = free_shifts_of_leavers(stamp=stamp)
    if gaps_have_changed(on=localdate(stamp.at)):
        keep_gaps(None, stamp=stamp)
    return freed
