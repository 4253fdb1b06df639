"""What people say and what the office writes down: a few words all the time, many hardly ever."""

from __future__ import annotations

import random
from itertools import accumulate

SAID_OFTEN = """
the a is in of and on at alley street trash again since behind near corner bags light sidewalk
nobody came week neighbor truck city out for was it they we school building fence yard rats
dumping mattress noise tree branch pothole water leak drain car parked night morning broken
lamp sign crossing bus stop park bench playground glass bottles smell garbage bin overflowing
recycling crew collected missed twice called number agency answer promise inspector said owner
vacant house windows door open boards graffiti wall paint bridge tunnel stairs railing ice snow
leaves storm flooded basement sewer hydrant meter signal flashing intersection speeding children
elderly wheelchair ramp curb crack hole deep dangerous tripped fell hurt hospital police report
photograph sent email letter meeting commissioner council budget permit construction dust hours
weekend music party dog leash bite stray cat dead animal raccoon nest mosquito standing puddle
fountain restroom locked gate key missing stolen bicycle scooter rack lane painted faded line
"""
PARTS = "bal cor dun el fer gon hol ist jur kel lam mor nef ost pel quin ras sol tam ulf ven wer"
COMMON, SYLLABLES = SAID_OFTEN.split(), PARTS.split()
RAREST = "zeppelin"
MANY, LEAST = 4000, 4


def vocabulary() -> tuple[list[str], list[float]]:
    """All words with the running sum of their weights, by the law of Zipf."""
    rare = (f"{a}{b}{c}" for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES[:8] if a != b)
    words = [*COMMON, *(word for word, _ in zip(rare, range(MANY), strict=False))]
    return words, list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))


class Talk:
    """Somebody who talks: the same seed says the same."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.words, self.weights = vocabulary()

    def sentence(self, least: int = LEAST, most: int = 18) -> str:
        """Some words, the first with a capital letter."""
        count = self.rng.randint(least, most)
        said = " ".join(self.rng.choices(self.words, cum_weights=self.weights, k=count))
        return f"{said[0].upper()}{said[1:]}."
