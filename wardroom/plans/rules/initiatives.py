"""What may be opened as an initiative."""

from __future__ import annotations

from wardroom.kernel.errors import Refused

INITIATIVES = ("initiative", "campaign")


def check_initiative(kind: str, *, part: bool) -> None:
    """An initiative or a campaign. Refuses: anything else; a campaign within another one."""
    if kind not in INITIATIVES:
        raise Refused("unknown_kind", "Choose an initiative or a campaign.", field="kind")
    if part and kind != "initiative":
        raise Refused("campaign_in_campaign", "A ward's part is an initiative.", field="kind")
