"""Degrees and metres: a city laid flat around its middle."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
METRES_A_DEGREE = 111_195.0


@dataclass(frozen=True)
class Plane:
    """A flat map that touches the ground at a point; right to 0.1 % within 50 km of it."""

    longitude: float
    latitude: float

    @classmethod
    def around(cls, longitude: Floats, latitude: Floats) -> Plane:
        """The plane that touches at the median of some points, in degrees."""
        if not len(longitude):
            return cls(0.0, 0.0)
        return cls(float(np.median(longitude)), float(np.median(latitude)))

    def metres(self, longitude: Floats, latitude: Floats) -> tuple[Floats, Floats]:
        """Metres east and north of the middle."""
        x = (longitude - self.longitude) * (METRES_A_DEGREE * cos(radians(self.latitude)))
        y = (latitude - self.latitude) * METRES_A_DEGREE
        return x, y

    def degrees(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Longitude and latitude of points given in metres."""
        longitude = self.longitude + x / (METRES_A_DEGREE * cos(radians(self.latitude)))
        latitude = self.latitude + y / METRES_A_DEGREE
        return longitude, latitude
