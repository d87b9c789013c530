"""One commit site, one writer of the log, one place that knows who is signed in."""

from __future__ import annotations

import ast

from tests.architecture.source import calls, name_of, names, python_files, tree_of

COMMITS = "tracker/services/unit_of_work.py"
WRITE_THE_LOG = {"tracker/services/case_record.py", "tracker/services/case_batch.py"}
LOG_TABLES = {
    "StoredEntry",
    "models.StoredEntry",
    "EntryText",
    "StoredEntry.__table__",
    "EntryText.__table__",
}
BELOW_WEB = ("domain", "models", "queries", "adapters", "services", "jobs", "cli")


def test_only_the_unit_of_work_commits() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in python_files("tracker")
        if name_of(path) != COMMITS
        for line, called in calls(path)
        if called.endswith(".commit") or called == "commit"
    ]
    assert not found, "wrap the verb in `with transaction(ctx)` instead of committing:\n" + "\n".join(found)


def test_only_the_case_record_and_its_batches_write_the_log() -> None:
    """Neither made as an object nor added as a row, nor inserted, anywhere else."""
    found = [
        f"{name_of(path)}:{node.lineno}: {ast.unparse(node)[:80]}"
        for path in python_files("tracker")
        if name_of(path) not in WRITE_THE_LOG
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and (
            ast.unparse(node.func) in LOG_TABLES
            or (
                ast.unparse(node.func).rpartition(".")[2] in {"insert", "add", "update"}
                and node.args
                and ast.unparse(node.args[0]) in LOG_TABLES
            )
        )
    ]
    assert not found, "append through case_record.append(), which checks and recomputes:\n" + "\n".join(found)


def test_who_acts_is_passed_in() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in python_files(*(f"tracker/{layer}" for layer in BELOW_WEB))
        for line, name in names(path)
        if name in {"current_user", "flask_login", "has_request_context"}
    ]
    assert not found, "take the actor from ctx.actor; only web/ knows current_user:\n" + "\n".join(found)


def test_statements_past_the_session_are_tallied() -> None:
    """Objects are tallied by their flush; what inserts, changes or deletes rows by itself must say so."""
    counted = {"Case", "Applicant", "Case.__table__", "Applicant.__table__"}
    found = [
        f"{name_of(path)}:{node.lineno}: {ast.unparse(node.func)}({ast.unparse(node.args[0])})"
        for path in python_files("tracker")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and node.args
        and ast.unparse(node.func) in {"insert", "update", "delete", "sa.insert", "sa.update", "sa.delete"}
        and ast.unparse(node.args[0]) in counted
        and not {"tally_in", "tally_out"} & {name for _, name in names(path)}
    ]
    assert not found, "frame them by tally_out() and tally_in() of tracker.models:\n" + "\n".join(found)
