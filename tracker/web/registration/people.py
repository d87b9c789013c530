"""The part of the form that describes one person, repeated for joint applicants and agents."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, RadioField, SelectField
from wtforms.validators import ValidationError

from tracker.domain.request_facts import CAPACITY_NAMES, Capacity, PersonDetails
from tracker.domain.request_terms import (
    IDENTITY_TYPE_NAMES,
    LEGAL_KIND_NAMES,
    REPORT_KIND_NAMES,
    IdentityType,
    LegalKind,
    ReportKind,
)
from tracker.web.forms import LineField
from tracker.web.i18n import tell

_TYPED = ("name", "identity_number", "phone", "address", "postcode", "email", "contact_name")


class PersonForm(Form):
    """One person in the order of the paper form. ``number`` counts from 0; names are ``people-<number>-<field>``."""

    capacity = SelectField(_l("身份"))
    legal_kind = RadioField(_l("申请人类型"))
    name = LineField(_l("姓名或者名称"))
    identity_type = SelectField(_l("证件类型"))
    identity_number = LineField(_l("证件号码"), longest=64)
    report_kind = SelectField(_l("年报类别"))
    contact_name = LineField(_l("联系人"), longest=50)
    phone = LineField(_l("联系电话"), longest=50)
    address = LineField(_l("联系地址"), longest=300)
    postcode = LineField(_l("邮政编码"), longest=6)
    email = LineField(_l("电子邮箱"))
    representative = BooleanField(_l("是联名申请的代表人"))
    authorised = BooleanField(_l("已附授权委托书"))

    def __init__(self, formdata: Any, number: int, **starting: Any) -> None:
        super().__init__(formdata, prefix=f"people-{number}-", data=starting or None)
        self.number = number
        first = number == 0
        capacities = [Capacity.APPLICANT] if first else [Capacity.JOINT, Capacity.AGENT]
        self.capacity.choices = [(str(c), tell(CAPACITY_NAMES[c])) for c in capacities]
        self.legal_kind.choices = [(str(k), tell(v)) for k, v in LEGAL_KIND_NAMES.items()]
        self.identity_type.choices = [(str(k), tell(v)) for k, v in IDENTITY_TYPE_NAMES.items()]
        self.report_kind.choices = [
            ("", _("公民不必选择")),
            *((str(k), tell(v)) for k, v in REPORT_KIND_NAMES.items()),
        ]
        usual = {
            "capacity": str(capacities[0]),
            "legal_kind": str(LegalKind.CITIZEN),
            "identity_type": str(IdentityType.NONE if formdata is not None else IdentityType.RESIDENT_ID),
            "report_kind": "",
        }
        for name, value in usual.items():
            if self._fields[name].data is None:
                self._fields[name].data = value

    @property
    def is_first(self) -> bool:
        """Whether this is the applicant named first."""
        return self.number == 0

    @property
    def is_filled(self) -> bool:
        """Whether anything was typed: an empty part is left out."""
        return any(self._fields[name].data for name in _TYPED)

    def details(self) -> PersonDetails:
        """What was entered; the column of the annual table follows for citizens."""
        legal_kind = LegalKind(self.legal_kind.data)
        report_kind = self.report_kind.data
        if not report_kind:
            report_kind = ReportKind.NATURAL_PERSON if legal_kind is LegalKind.CITIZEN else ReportKind.OTHER
        return PersonDetails(
            name=self.name.data or "",
            capacity=Capacity(self.capacity.data),
            representative=bool(self.representative.data),
            legal_kind=legal_kind,
            report_kind=ReportKind(report_kind),
            identity_type=IdentityType(self.identity_type.data),
            identity_number=self.identity_number.data or "",
            phone=self.phone.data or "",
            address=self.address.data or "",
            postcode=self.postcode.data or "",
            email=self.email.data or "",
            contact_name=self.contact_name.data or "",
            authorised=bool(self.authorised.data),
        )

    def validate_report_kind(self, field: SelectField) -> None:
        """An organisation has to be put into one of the columns; nobody guesses which."""
        if not field.data and self.is_filled and self.legal_kind.data != str(LegalKind.CITIZEN):
            raise ValidationError(_("法人和其他组织请选择年报类别。"))
