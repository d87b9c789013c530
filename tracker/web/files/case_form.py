"""添加材料 as the page of a case offers it."""

from __future__ import annotations

from flask import url_for

from tracker.domain.workflow import Action
from tracker.web.actions.registry import in_place
from tracker.web.cases.case_page import CasePage
from tracker.web.files.forms import FileForm


@in_place(Action.ATTACH_FILE)
def file_form(page: CasePage) -> FileForm:
    """An empty form."""
    form = FileForm(formdata=None, ids=str(Action.ATTACH_FILE), version=page.case.version_id)
    form.panel_url = url_for("files.add", case_id=page.case.id)
    return form
