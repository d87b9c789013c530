"""Mutation testing of the clock and the calendar: ``make test-long``."""
