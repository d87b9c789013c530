"""Loops that take long: not collected by pytest, run by ``make test-long`` (alone: ``scripts/test-long.sh alerts``)."""
