"""The examples of ``docs/deployment``: checked by the programs they are written for, and used for real."""
