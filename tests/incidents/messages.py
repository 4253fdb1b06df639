"""CAP messages as other authorities send them."""

from __future__ import annotations

from collections.abc import Sequence

SPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SENDER = "w-nws.webmaster@noaa.gov"
SENT = "2026-11-18T09:00:00-05:00"
IN_FIVE = "38.91,-77.01 38.91,-76.99 38.93,-76.99 38.93,-77.01 38.91,-77.01"
IN_BOTH = "38.91,-77.00 38.91,-76.96 38.93,-76.96 38.93,-77.00 38.91,-77.00"
FAR_OFF = "40.0,-75.0 40.0,-74.9 40.1,-74.9 40.0,-75.0"


def area(text: str = "The alley", polygon: str = "", circle: str = "", **codes: str) -> str:
    """One area of a message."""
    shapes = f"<polygon>{polygon}</polygon>" if polygon else ""
    shapes += f"<circle>{circle}</circle>" if circle else ""
    coded = "".join(
        f"<geocode><valueName>{name}</valueName><value>{value}</value></geocode>"
        for name, value in codes.items()
    )
    return f"<area><areaDesc>{text}</areaDesc>{shapes}{coded}</area>"


def info(*areas: str, language: str = "en-US", **words: str) -> str:
    """What a message says in one language."""
    said = {
        "category": "Met",
        "event": "Flash Flood Warning",
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Likely",
        "onset": "2026-11-18T09:00:00-05:00",
        "expires": "2026-11-18T21:00:00-05:00",
        "senderName": "NWS Baltimore MD/Washington DC",
        "headline": "Flash flood until 9 p.m.",
        "description": "Heavy rain falls.\nStreets are under water.",
        "instruction": "Move to higher ground.",
        **words,
    }
    elements = "".join(f"<{tag}>{text}</{tag}>" for tag, text in said.items() if text)
    return f"<info><language>{language}</language>{elements}{''.join(areas)}</info>"


def cap(
    *infos: str,
    identifier: str = "urn:oid:2.49.0.1.840.0.1",
    sender: str = SENDER,
    sent: str = SENT,
    status: str = "Actual",
    kind: str = "Alert",
    references: Sequence[str] = (),
    space: str = SPACE,
) -> bytes:
    """A whole message; without infos it warns of a flood in Ward 5 of the tests."""
    said = infos or (info(area(polygon=IN_FIVE)),)
    named = f"<references>{' '.join(references)}</references>" if references else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><alert xmlns="{space}">'
        f"<identifier>{identifier}</identifier><sender>{sender}</sender><sent>{sent}</sent>"
        f"<status>{status}</status><msgType>{kind}</msgType><scope>Public</scope>{named}"
        f"{''.join(said)}</alert>"
    ).encode()


def name_of(identifier: str = "urn:oid:2.49.0.1.840.0.1", sent: str = SENT) -> str:
    """How a later message names an earlier one."""
    return f"{SENDER},{identifier},{sent}"
