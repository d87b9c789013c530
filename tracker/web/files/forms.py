"""Adding files to a case."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import SelectField

from tracker.domain.file_kinds import FILE_KIND_NAMES, OUR_OWN, FileKind
from tracker.services.attachments import Upload
from tracker.web.forms import Filled, TrackerForm, UploadRules, UploadsField
from tracker.web.i18n import tell


class FileForm(TrackerForm):
    """One or several files of one kind."""

    kind = SelectField(_l("材料类别"), [Filled()])
    file = UploadsField(_l("文件"), [Filled(), UploadRules()])

    multipart = True
    panel_url = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [
            (str(kind), tell(name)) for kind, name in FILE_KIND_NAMES.items() if kind not in OUR_OWN
        ]
        if self.kind.data is None:
            self.kind.data = str(FileKind.OTHER)

    def uploads(self) -> list[Upload]:
        """The files chosen."""
        kind = FileKind(self.kind.data)
        return [
            Upload(file.filename, file.read(), kind)
            for file in self.file.data or ()
            if isinstance(file, FileStorage) and file.filename
        ]
