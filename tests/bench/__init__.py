"""Benchmarks: they print figures, prove nothing by themselves. ``make bench-clock``, ``-verify``, ``-sweep``,
``-report``."""
