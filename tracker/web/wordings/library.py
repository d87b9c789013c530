"""Reading the library: every document, one document with its versions, one version, two versions side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Response, abort, json, render_template, request
from flask.typing import ResponseReturnValue

from tracker.domain.cited_articles import cites
from tracker.domain.permissions import Permission
from tracker.domain.redline import redline as redline_of
from tracker.extensions import db
from tracker.queries.statute_changes import list_checks, marked
from tracker.queries.wordings import (
    STATUS_NAMES,
    VersionFacts,
    get_version,
    in_use,
    list_drafts,
    list_versions,
)
from tracker.services.statute_changes import may_check
from tracker.web.access import needs
from tracker.web.context import actor, context, today
from tracker.web.wordings import bp
from tracker.web.wordings.forms import CheckForm
from tracker.web.wordings.presenters import KIND_NAMES, lines_of, sample_of


@bp.get("/")
@needs(Permission.TEMPLATE_READ)
def index() -> ResponseReturnValue:
    """Every document as the district uses it, those to be looked at after a change of an article marked; with
    ``?article=36(4)`` those that cite the article."""
    session, article = db.session(), request.args.get("article", "").strip()
    by_key: dict[str, list[VersionFacts]] = {}
    versions = list_versions(session, actor())
    waiting = marked(session, versions, today())
    for version in versions:
        by_key.setdefault(version.key, []).append(version)
    current = [v for versions in by_key.values() if (v := in_use(versions, today())) is not None]
    return render_template(
        "pages/wordings/index.html",
        current=current,
        local={
            key: sorted(
                {v.organ for v in versions if v.organ_id and in_use(versions, today(), v.organ_id) is v}
            )
            for key, versions in by_key.items()
        },
        kind_names=KIND_NAMES,
        article=article,
        citing={v.key for v in current if article and cites(v.template, article)},
        waiting={
            key: [(v, waiting[v.id]) for v in versions if v.id in waiting] for key, versions in by_key.items()
        },
        n_waiting=len(waiting),
        drafts=list_drafts(session, actor()),
        status_names=STATUS_NAMES,
        may_import=actor().may_somewhere(Permission.TEMPLATE_EDIT),
    )


@bp.get("/library.json")
@needs(Permission.TEMPLATE_READ)
def export() -> ResponseReturnValue:
    """The district's wording in use, as one file with a hash for each document."""
    versions = list_versions(db.session(), actor())
    keys = sorted({v.key for v in versions})
    current = [in_use([v for v in versions if v.key == key], today()) for key in keys]
    documents = [
        {"key": v.key, "number": v.number, "sha256": v.source_hash, "source": v.source} for v in current if v
    ]
    return Response(
        json.dumps({"format": 1, "documents": documents}, ensure_ascii=False, indent=1),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": "attachment; filename=library.json"},
    )


@bp.get("/<wording_key>")
@needs(Permission.TEMPLATE_READ)
def show(wording_key: str) -> ResponseReturnValue:
    """One document: its text with samples, versions, local versions, drafts."""
    session = db.session()
    versions = list_versions(session, actor(), wording_key)
    current = in_use(versions, today()) or (versions[-1] if versions else None)
    if current is None:
        abort(404)
    return render_template(
        "pages/wordings/show.html",
        current=current,
        versions=versions,
        waiting=marked(session, versions, today()),
        drafts=list_drafts(session, actor(), wording_key),
        status_names=STATUS_NAMES,
        paper=sample_of(current.template),
        may_edit=actor().may_somewhere(Permission.TEMPLATE_EDIT),
        own_organs=actor().organs_where(Permission.TEMPLATE_EDIT_LOCAL),
        kind_name=KIND_NAMES[current.template.kind],
    )


@bp.get("/<wording_key>/redline")
@needs(Permission.TEMPLATE_READ)
def redline(wording_key: str) -> ResponseReturnValue:
    """修订对照 of any two versions of a document; without a choice the newest two."""
    session = db.session()
    versions = list_versions(session, actor(), wording_key)
    if not versions:
        abort(404)
    after = _chosen(versions, "after", versions[0])
    before = _chosen(versions, "before", versions[1] if len(versions) > 1 else versions[0])
    return render_template(
        "pages/wordings/redline.html",
        before=before,
        after=after,
        versions=versions,
        lines=redline_of(lines_of(before.template), lines_of(after.template)),
    )


@bp.get("/versions/<int:wording_id>")
@needs(Permission.TEMPLATE_READ)
def version(wording_id: int) -> ResponseReturnValue:
    """One version as it read, in use or not, with what it is to be looked at for."""
    return version_page(wording_id)


def version_page(
    wording_id: int, sent: Mapping[int, CheckForm] | None = None, status: int = 200
) -> ResponseReturnValue:
    """The page of a version; ``sent`` are forms that came back, by the change they are about."""
    session = db.session()
    session.rollback()
    facts = get_version(session, actor(), wording_id)
    waiting = marked(session, list_versions(session, actor(), facts.key), today()).get(wording_id, ())
    forms = {change.id: CheckForm(formdata=None, ids=f"check{change.id}") for change in waiting}
    page = render_template(
        "pages/wordings/version.html",
        waiting=waiting,
        forms=forms | dict(sent or {}),
        checks=list_checks(session, wording_id),
        may_check=may_check(context(), facts.organ_id),
        facts=facts,
        paper=sample_of(facts.template),
        may_end=facts.organ_id is not None
        and facts.ended_on is None
        and (
            actor().may_somewhere(Permission.TEMPLATE_EDIT)
            or facts.organ_id in actor().organs_where(Permission.TEMPLATE_EDIT_LOCAL)
        ),
    )
    return page, status


def _chosen(versions: Sequence[VersionFacts], name: str, default: VersionFacts) -> VersionFacts:
    wanted = request.args.get(name, "")
    return next((v for v in versions if str(v.id) == wanted), default)
