"""A progress bar on standard error, so that what a command prints can be kept apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def progress(verb: str, total: int) -> Iterator[Callable[[int], None]]:
    """Shows how far ``total`` has got; the function it gives advances by so many."""
    columns = (TextColumn(verb), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(verb, total=total)
        yield lambda done: bar.advance(task, done)
