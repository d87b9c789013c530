"""One scope decides who sees what: what reads cases asks it, and pages read through queries alone."""

from __future__ import annotations

from tests.architecture.source import name_of, names, python_files

# What reads cases without asking for whom, and why that is right.
WITHOUT_SCOPE = {
    "tracker/queries/bundle_exhibits.py": "papers of a case the caller has fetched through the scope",
    "tracker/queries/calendar_moves.py": "number, organ and dates of running cases, for who keeps calendars",
    "tracker/queries/case_conditions.py": "conditions for lists and figures; the caller adds the scope",
    "tracker/queries/case_documents.py": "texts for the index, and of cases the caller has found through the scope",
    "tracker/queries/case_log.py": "the log of a case the caller has fetched through the scope",
    "tracker/queries/archive_materials.py": "papers of a case the caller has fetched through the scope",
    "tracker/queries/case_record.py": "one case, which the caller has fetched through the scope",
    "tracker/queries/case_rows.py": "columns for lists; the caller adds the condition",
    "tracker/queries/ledger.py": "recognises rows imported before; shows nothing to anybody",
    "tracker/queries/ledger_void.py": "what one import brought in, for those who import for the whole district",
    "tracker/queries/model_replies.py": "texts that name nobody, held up for the whole district; no case is read",
    "tracker/queries/remarks.py": "remarks of cases the caller has fetched through the scope",
    "tracker/queries/sheet_proofs.py": "papers of a case the caller has fetched through the scope",
    "tracker/queries/statistic_keys.py": "expressions for figures and lists; the caller adds the scope",
    "tracker/queries/readiness.py": "a count for monitoring",
}
SCOPED = {"Case", "MailItem", "Attachment", "Applicant", "Letter", "StoredEntry"}
ASKS = {"visible_cases", "visible_mail", "get_case", "find_visible_case", "reported_cases"}


def test_queries_on_cases_ask_the_scope() -> None:
    found = []
    for path in python_files("tracker/queries"):
        used = {name for _, name in names(path)}
        if used & SCOPED and "select" in used and not used & ASKS and name_of(path) not in WITHOUT_SCOPE:
            found.append(f"{name_of(path)}: {', '.join(sorted(used & SCOPED))}")
    assert not found, (
        "take the actor and add visible_cases(actor) of tracker/queries/scope.py:\n" + "\n".join(found)
    )


def test_pages_read_through_queries() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for path in python_files("tracker/web")
        for line, name in names(path)
        if name in {"select", "sqlalchemy.select", "scalars", "scalar"}
    ]
    assert not found, "write the query in tracker/queries, where the scope is:\n" + "\n".join(found)


def test_every_exception_is_still_there() -> None:
    there = {name_of(path) for path in python_files("tracker/queries")}
    assert set(WITHOUT_SCOPE) <= there, "take the file out of WITHOUT_SCOPE"
