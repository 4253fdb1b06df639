"""What can we do about the places that keep going wrong?"""

from __future__ import annotations

from wardroom.problems.actions.deciding import decide_candidate
from wardroom.problems.actions.detecting import run_detection

__all__ = ["decide_candidate", "run_detection"]
