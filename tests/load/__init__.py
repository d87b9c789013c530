"""A site as operators run it and people who use it over HTTP: shared by ``tests/bench`` and ``tests/long``."""
