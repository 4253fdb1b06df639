"""The short tree of needs that the office starts with, and the words people use for each.

It is the office's own and no licensed taxonomy. A number is made of the code, so that every
office has the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

SPACE = UUID("6f0f6e52-53c0-4d60-9d0b-0f6f4f1f7a10")
TAXONOMY = "Needs of residents"
TAXONOMY_ID = uuid5(SPACE, "taxonomy")


@dataclass(frozen=True)
class NeedSeed:
    """A need: its code, its name, what it is a part of, and what people call it."""

    code: str
    name: str
    within: str = ""
    words: str = ""

    @property
    def id(self) -> UUID:
        return need_id(self.code)


def need_id(code: str) -> UUID:
    """The number of a need of the office's own tree."""
    return uuid5(SPACE, code)


NEEDS = (
    NeedSeed("food", "Food", words="hungry groceries meals comida alimentos"),
    NeedSeed("food-pantry", "Food pantry", "food", "groceries food bank despensa"),
    NeedSeed("food-meals", "Cooked meals", "food", "soup kitchen lunch dinner meal delivery"),
    NeedSeed("food-benefits", "Help with food benefits", "food", "SNAP WIC food stamps EBT"),
    NeedSeed("housing", "Housing", words="rent home vivienda renta"),
    NeedSeed("housing-rent", "Help with rent", "housing", "rent money behind ERAP alquiler"),
    NeedSeed("housing-eviction", "Facing eviction", "housing", "landlord court desalojo notice"),
    NeedSeed("housing-shelter", "A place to sleep tonight", "housing", "shelter refugio cold"),
    NeedSeed("housing-repair", "Repairs a landlord does not make", "housing", "mold heat leak"),
    NeedSeed("bills", "Bills and money", words="money dinero"),
    NeedSeed("bills-utility", "Help with energy and water bills", "bills", "electric gas shut off"),
    NeedSeed("bills-benefits", "Cash and other benefits", "bills", "TANF disability SSI"),
    NeedSeed("bills-taxes", "Help with taxes", "bills", "tax return credit"),
    NeedSeed("health", "Health", words="doctor clinic salud medico"),
    NeedSeed("health-clinic", "See a doctor", "health", "clinic checkup dentist"),
    NeedSeed("health-mind", "Mental health", "health", "depressed crisis counseling anxiety"),
    NeedSeed("health-drugs", "Alcohol and drugs", "health", "addiction recovery detox overdose"),
    NeedSeed("health-insurance", "Health insurance", "health", "Medicaid coverage seguro"),
    NeedSeed("work", "Work and school", words="job trabajo empleo"),
    NeedSeed("work-job", "Find a job", "work", "employment resume unemployed"),
    NeedSeed("work-training", "Training and classes", "work", "GED English class apprenticeship"),
    NeedSeed("family", "Children and family", words="kids niños familia"),
    NeedSeed("family-care", "Child care", "family", "daycare preschool babysitter"),
    NeedSeed("family-youth", "Programs for young people", "family", "teen after school summer"),
    NeedSeed("family-safety", "Safe from violence at home", "family", "abuse domestic violencia"),
    NeedSeed("older", "Older people", words="senior elderly aging"),
    NeedSeed("older-home", "Help at home", "older", "aide caregiver meals on wheels"),
    NeedSeed("older-ride", "Rides", "older", "transport wheelchair appointment"),
    NeedSeed("law", "Law and papers", words="lawyer legal abogado"),
    NeedSeed("law-lawyer", "A lawyer", "law", "legal aid court"),
    NeedSeed("law-immigration", "Immigration", "law", "visa asylum citizenship inmigración"),
    NeedSeed("law-papers", "ID and other papers", "law", "birth certificate license ID"),
    NeedSeed("law-return", "Coming home from prison", "law", "reentry returning citizens"),
)
CODES = frozenset(seed.code for seed in NEEDS)
