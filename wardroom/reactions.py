"""The one list of consequences: which fact is followed by what.

A reaction runs later, in a worker, in a commit of its own; a killed worker costs delay,
never loss or repetition (`wardroom.ledger.reactions` says how). What must be in the same
commit as the change is not here: the action calls it directly.
"""

from __future__ import annotations

from wardroom.kernel.facts import Fact
from wardroom.ledger.reactions import Reaction

FOLLOWS: dict[type[Fact], tuple[Reaction, ...]] = {}
