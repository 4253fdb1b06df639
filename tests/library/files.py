"""Files of services, whole and hostile ones."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from uuid import UUID, uuid5

from wardroom.library.rules.hsds.tables import TABLES
from wardroom.library.rules.needs import need_id

SPACE = UUID("11111111-2222-3333-4444-555555555555")


def key(name: str) -> str:
    return str(uuid5(SPACE, name))


def pantry(**changes: Any) -> dict[str, Any]:
    """A pantry in Ward 5 with everything that HSDS can say of it."""
    return {
        "id": key("pantry"),
        "name": "Tuesday pantry",
        "status": "active",
        "description": "=Bags of groceries",
        "alert": "Bring a bag",
        "assured_date": "2026-10-01",
        "assurer_email": "desk@pantry.example",
        "eligibility_description": "Anybody who lives in Ward 5",
        "minimum_age": 18,
        "application_process": "Walk in",
        "fees_description": "Free",
        "interpretation_services": "By telephone",
        "organization": {
            "id": key("org"),
            "name": "Hands of Brookland",
            "description": "A pantry",
            "phones": [{"id": key("desk"), "number": "+1 202-555-0101"}],
        },
        "phones": [{"id": key("phone"), "number": "202-555-0100", "type": "voice"}],
        "schedules": [
            {
                "id": key("hours"),
                "freq": "WEEKLY",
                "byday": "TU,WE",
                "opens_at": "09:00",
                "closes_at": "13:00",
            }
        ],
        "service_areas": [{"id": key("area"), "name": "Ward 5"}],
        "languages": [{"id": key("spoken"), "name": "Spanish", "code": "es"}],
        "required_documents": [{"id": key("paper"), "document": "A letter with your address"}],
        "cost_options": [{"id": key("cost"), "option": "A bag", "amount": 1.5, "currency": "USD"}],
        "service_at_locations": [
            {
                "id": key("at"),
                "location": {
                    "id": key("hall"),
                    "name": "Parish hall",
                    "location_type": "physical",
                    "latitude": 38.93,
                    "longitude": -76.99,
                    "addresses": [
                        {
                            "id": key("address"),
                            "address_1": "100 Example St NE",
                            "city": "Washington",
                            "state_province": "DC",
                            "postal_code": "20017",
                            "country": "US",
                            "address_type": "physical",
                        }
                    ],
                },
            }
        ],
        "attributes": [
            {
                "id": key("need"),
                "link_entity": "service",
                "taxonomy_term": {
                    "id": str(need_id("food-pantry")),
                    "code": "food-pantry",
                    "name": "Food pantry",
                    "taxonomy": "Needs of residents",
                    "parent_id": str(need_id("food")),
                    "taxonomy_id": str(
                        uuid5(UUID("6f0f6e52-53c0-4d60-9d0b-0f6f4f1f7a10"), "taxonomy")
                    ),
                },
            }
        ],
        **changes,
    }


def as_json(*services: dict[str, Any]) -> bytes:
    return json.dumps(list(services)).encode()


def zipped(**files: bytes | str) -> bytes:
    """A ZIP of CSV files, named by their tables."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(TABLES[name].file, data)
    return held.getvalue()
