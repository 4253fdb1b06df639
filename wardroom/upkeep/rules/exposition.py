"""Numbers as text that graphs are drawn from, in the format that Prometheus reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isinf

ESCAPED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


@dataclass(frozen=True)
class Sample:
    """One number; ``suffix`` is what a histogram puts behind its name."""

    value: float
    labels: Mapping[str, str]
    suffix: str = ""


@dataclass(frozen=True)
class Series:
    """Numbers of one name. A counter only ever grows, a gauge goes up and down."""

    name: str
    kind: str
    means: str
    samples: tuple[Sample, ...]


def gauge(name: str, means: str, value: float | None, **labels: str) -> Series:
    """One number that goes up and down; without a sample where it is not known."""
    samples = () if value is None else (Sample(value, labels),)
    return Series(name, "gauge", means, samples)


def gauges(name: str, means: str, label: str, values: Mapping[str, float]) -> Series:
    """A number for each of some words."""
    samples = tuple(Sample(value, {label: word}) for word, value in values.items())
    return Series(name, "gauge", means, samples)


def written(told: Iterable[Series]) -> str:
    """The whole text, each name with what it means; one without a sample is left out."""
    lines: list[str] = []
    for series in told:
        if not series.samples:
            continue
        lines.append(f"# HELP {series.name} {series.means}")
        lines.append(f"# TYPE {series.name} {series.kind}")
        lines += [f"{series.name}{s.suffix}{_labels(s.labels)} {_number(s.value)}"
                  for s in series.samples]  # fmt: skip
    return "\n".join([*lines, ""])


def _labels(labels: Mapping[str, str]) -> str:
    if not labels:
        return ""
    inside = ",".join(f'{name}="{value.translate(ESCAPED)}"' for name, value in labels.items())
    return f"{{{inside}}}"


def _number(value: float) -> str:
    if isinf(value):
        return "+Inf" if value > 0 else "-Inf"
    return str(int(value)) if value == int(value) else repr(float(value))
