"""Fields, validators and the base form that every room shares."""

from __future__ import annotations

from tracker.web.forms.base import TrackerForm
from tracker.web.forms.fields import (
    ChineseDateField,
    ClockTimeField,
    LineField,
    OrganSelect,
    ParagraphField,
    UploadField,
    UploadsField,
)
from tracker.web.forms.validators import Filled, NotAfterToday, UploadRules

__all__ = [
    "ChineseDateField",
    "ClockTimeField",
    "Filled",
    "LineField",
    "NotAfterToday",
    "OrganSelect",
    "ParagraphField",
    "TrackerForm",
    "UploadField",
    "UploadRules",
    "UploadsField",
]
