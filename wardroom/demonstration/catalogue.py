"""The agencies of the schematic District, and what can be asked of them through 311.

Names and promises are in the style of a real city's catalogue; the figures are ours. The
promise is in working days, ``median_days`` how long the work usually takes, ``share`` how
often people ask for it.
"""

from __future__ import annotations

from dataclasses import dataclass

AGENCIES = {
    "DPW": "Department of Public Works",
    "DDOT": "Department of Transportation",
    "DOB": "Department of Buildings",
    "DOH": "Department of Health",
    "DOEE": "Department of Energy and Environment",
    "DPR": "Department of Parks and Recreation",
    "DGS": "Department of General Services",
    "MPD": "Metropolitan Police Department",
    "DCWATER": "Water and Sewer Authority",
    "DMV": "Department of Motor Vehicles",
}


@dataclass(frozen=True)
class ServiceSeed:
    """One kind of request."""

    code: str
    name: str
    agency: str
    promise: int
    median_days: float
    share: float
    season: str = "flat"
    on_street: bool = False
    routine: bool = False


SERVICES = (
    ServiceSeed("BULK", "Bulk Collection", "DPW", 21, 6.0, 22.0, "spring", routine=True),
    ServiceSeed("EMNP", "Emergency No-Parking Verification", "DDOT", 1, 0.3, 6.0, routine=True),
    ServiceSeed("PERMIT", "Residential Parking Permit", "DDOT", 7, 3.0, 3.0, routine=True),
    ServiceSeed("SUPERCAN", "Supercan Delivery", "DPW", 15, 9.0, 3.0, routine=True),
    ServiceSeed("METER", "Parking Meter Repair", "DDOT", 7, 2.0, 4.0, on_street=True, routine=True),
    ServiceSeed("DEADAN", "Dead Animal Collection", "DPW", 2, 0.8, 1.2, "summer", True, True),
    ServiceSeed("NEWTREE", "New Tree Planting", "DDOT", 250, 110.0, 1.0, "fall", True, True),
    ServiceSeed("LEAF", "Leaf Season Collection", "DPW", 15, 6.0, 1.4, "fall", routine=True),
    ServiceSeed("MTRASH", "Trash Collection - Missed", "DPW", 2, 1.1, 8.0),
    ServiceSeed("MRECYC", "Recycling Collection - Missed", "DPW", 2, 1.2, 4.0),
    ServiceSeed("DUMP", "Illegal Dumping", "DPW", 7, 2.0, 6.0, "summer", on_street=True),
    ServiceSeed("ALLEY", "Alley Cleaning", "DPW", 30, 9.0, 2.6, "summer", on_street=True),
    ServiceSeed("STCLEAN", "Street Cleaning", "DPW", 10, 4.0, 1.6, "summer", on_street=True),
    ServiceSeed("LITTERCAN", "Public Litter Can Repair", "DPW", 10, 5.0, 0.8, on_street=True),
    ServiceSeed("SANENF", "Sanitation Enforcement", "DPW", 7, 4.0, 1.4),
    ServiceSeed("RODENT", "Rodent Inspection and Treatment", "DOH", 20, 12.0, 3.4, "summer"),
    ServiceSeed("GRAF", "Graffiti Removal", "DPW", 10, 5.0, 1.6, "summer", on_street=True),
    ServiceSeed("STLIGHT", "Streetlight Repair", "DDOT", 7, 4.5, 4.0, "winter", on_street=True),
    ServiceSeed("SIGNAL", "Traffic Signal Issue", "DDOT", 2, 1.5, 1.0, "weather", on_street=True),
    ServiceSeed("SIGN", "Sign Missing or Damaged", "DDOT", 25, 12.0, 1.4, on_street=True),
    ServiceSeed("SAFETY", "Traffic Safety Investigation", "DDOT", 130, 60.0, 0.7, on_street=True),
    ServiceSeed("POTHOLE", "Pothole", "DDOT", 3, 3.0, 2.6, "spring", on_street=True),
    ServiceSeed("ALLEYFIX", "Alley Repair", "DDOT", 270, 190.0, 0.6, "spring", on_street=True),
    ServiceSeed("SIDEWALK", "Sidewalk Repair", "DDOT", 25, 150.0, 1.2, on_street=True),
    ServiceSeed("VACANT", "Vacant Building Inspection", "DOB", 30, 20.0, 0.6),
    ServiceSeed("HOUSING", "Housing Code Inspection", "DOB", 15, 10.0, 1.0, "winter"),
    ServiceSeed("CONSTR", "Illegal Construction", "DOB", 10, 6.0, 0.7),
    ServiceSeed(
        "ABVEH", "Abandoned Vehicle - On Public Property", "DPW", 7, 5.0, 2.2, "flat", True
    ),
    ServiceSeed("ABVEHP", "Abandoned Vehicle - On Private Property", "DPW", 45, 30.0, 0.4),
    ServiceSeed("PARKENF", "Parking Enforcement", "DPW", 1, 0.2, 7.0, on_street=True),
    ServiceSeed("TREEINSP", "Tree Inspection", "DDOT", 25, 14.0, 2.0, "weather", on_street=True),
    ServiceSeed("TREETRIM", "Tree Pruning", "DDOT", 120, 60.0, 0.9, "spring", on_street=True),
    ServiceSeed("SNOW", "Snow and Ice Removal", "DPW", 2, 1.0, 0.8, "snow", on_street=True),
    ServiceSeed("BASIN", "Catch Basin Cleaning", "DCWATER", 10, 6.0, 0.8, "weather", True),
    ServiceSeed("FLOOD", "Street Flooding", "DCWATER", 2, 1.0, 0.4, "weather", on_street=True),
    ServiceSeed("HYDRANT", "Hydrant Problem", "DCWATER", 5, 3.0, 0.4, "summer", on_street=True),
    ServiceSeed("NOISE", "Noise Complaint", "MPD", 5, 0.4, 1.2, "summer"),
    ServiceSeed("MOWING", "Grass and Weeds Mowing", "DPW", 10, 6.0, 1.2, "summer"),
    ServiceSeed("PARKREP", "Park Grounds Maintenance", "DPR", 15, 8.0, 0.6, "summer", True),
    ServiceSeed("EROSION", "Erosion Inspection", "DOEE", 20, 12.0, 0.2, "weather"),
)
BY_CODE = {service.code: service for service in SERVICES}
NUMBER = {service.code: number for number, service in enumerate(SERVICES)}
