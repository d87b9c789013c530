"""Timing of several contenders in one run: taken turn by turn, so that a busy machine slows all of them alike."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figures:
    """Seconds for one call, round by round."""

    rounds: tuple[float, ...]

    @property
    def least(self) -> float:
        return min(self.rounds)

    @property
    def middle(self) -> float:
        return median(self.rounds)

    def ratio_to(self, other: Figures) -> float:
        """Median of the ratios of the rounds: both were timed within the same moments."""
        return median(mine / theirs for mine, theirs in zip(self.rounds, other.rounds, strict=True))


def in_turns(contenders: Mapping[str, Callable[[], object]], calls: int, rounds: int) -> dict[str, Figures]:
    """Time each contender ``calls`` times a round, one after the other, for so many rounds after one to warm up."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, act in contenders.items():
            began = time.perf_counter()
            for _ in range(calls):
                act()
            if number:
                taken[name].append((time.perf_counter() - began) / calls)
    return {name: Figures(tuple(seconds)) for name, seconds in taken.items()}


def told(name: str, figures: Figures, unit: str = "µs") -> str:
    """One line: least and median in the unit."""
    factor = {"ns": 1e9, "µs": 1e6, "ms": 1e3}[unit]
    return f"  {name:<46} least {figures.least * factor:9.2f} {unit}   median {figures.middle * factor:9.2f} {unit}"


def machine() -> str:
    """What the figures were taken on."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {os.cpu_count()} cores ({_processor()}), {load()}"


def load() -> str:
    """How much others asked of the machine in the last 1, 5 and 15 minutes: below the number of cores they waited for
    nothing."""
    return "load " + "/".join(f"{value:.1f}" for value in os.getloadavg())


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.machine()
