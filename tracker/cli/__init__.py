"""Terminal commands: parse, call a service, print."""
