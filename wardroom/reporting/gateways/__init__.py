"""Whom reporting calls outside: the typesetter, and the copy of the mirrored requests."""

from wardroom.reporting.gateways.measuring import measure, measure_city

__all__ = ["measure", "measure_city"]
