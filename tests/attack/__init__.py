"""Attacks on a running demonstration site, by ``make attack``: not collected by pytest. See docs/security.md."""
