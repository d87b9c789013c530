"""Benchmarks: they print figures and prove nothing by themselves. ``make bench-clock``, ``make bench-verify``."""
