"""Whose report an address asks for, among the organs the person reports on."""

from __future__ import annotations

from flask import abort, request

from tracker.extensions import db
from tracker.queries.annual_table import OrganGroup
from tracker.queries.organs import list_reporting_organs
from tracker.web.annual_cells import read_group, write_group
from tracker.web.context import actor
from tracker.web.reports.presenters import group_choices, known_year


def asked_group(year: int) -> tuple[OrganGroup, list[tuple[str, str]]]:
    """The group the address names, among those the person reports on; anything else is not found."""
    if not known_year(year):
        abort(404)
    person = actor()
    organs = list_reporting_organs(db.session(), person)
    choices = group_choices(organs, whole_district=person.reads_whole_district)
    group = read_group(request.args.get("group", ""))
    if group is None or write_group(group) not in {value for value, _name in choices}:
        abort(404)
    return group, choices
