"""Every shipped template composed with the samples of the field list: what snapshots and page tests look at."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tracker.domain.composition import ReplyPart, compose, compose_reply
from tracker.domain.letter_document import LetterDocument
from tracker.domain.letter_template import LetterTemplate, TemplateKind, parse_template
from tracker.domain.merge_fields import SAMPLES
from tracker.domain.remedies import RemedyBodies

FOLDER = Path(__file__).parents[1] / "templates" / "letters"
BODIES = RemedyBodies("椒江区人民政府", "台州市椒江区人民法院")
DECIDED_ON = date(2026, 11, 23)
SLOTS = {"number": "椒民公开〔2026〕12号", "date": "2026年11月23日", "seal": "椒江区民政局"}

TEMPLATES: dict[str, LetterTemplate] = {
    template.key: template
    for template in (parse_template(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml")))
}
FRAME = TEMPLATES["reply_frame"]
DOCUMENTS = tuple(key for key, template in TEMPLATES.items() if template.kind is not TemplateKind.FRAME)


def composed(key: str, filler: str | None = None) -> LetterDocument:
    """A template with the samples, or with one text in every field."""
    template = TEMPLATES[key]
    refused = TEMPLATES["refused_third_party"] if key == "partly_disclosed" else None
    names = (*template.fields, *FRAME.fields, "organ", "organ_contact", "organ_phone", "third_party_kind")
    facts = {name: filler or SAMPLES[name] for name in names if name != "refusal_clause"}
    facts["organ"] = SAMPLES["organ"]
    attachments = ["《低保资金发放汇总表》（3页）"] if key in ("disclosed", "partly_disclosed") else []
    if template.kind is TemplateKind.REPLY:
        part = ReplyPart(template, facts, refused=refused)
        return compose_reply(FRAME, [part], facts, bodies=BODIES, on=DECIDED_ON, attachments=attachments)
    return compose(template, facts, bodies=BODIES)
