"""全文检索: cases by what stands in them, with the lines in which it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.domain.case_documents import CaseDocument, DocumentKind
from tracker.domain.masking import mask_name
from tracker.domain.permissions import Permission
from tracker.domain.request_terms import LegalKind
from tracker.domain.search_query import Term
from tracker.domain.search_words import first_place, fold
from tracker.domain.snippets import Piece, snippet
from tracker.models import Case
from tracker.queries.calendars import current_calendar
from tracker.queries.case_documents import read_papers, read_registration
from tracker.queries.case_finder import Candidate, Group, Places, find_places, read_candidates
from tracker.queries.case_rows import CaseRow, base_query, rows_of
from tracker.queries.scope import visible_cases
from tracker.services.context import Context
from tracker.services.search_index import number_word, organ_word, outcome_word, state_word

PAGE = 20
COUNTED = 1000
"""How far is counted: beyond it the page says 1000+."""
RANKED = 200
"""Of so many of the newest the best come first; what is older follows by date."""
MOST_LOOKED_AT = 400
_LINES = 3
Known = dict[int, Candidate]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for. Days of receipt are included; ``newest``: by date alone, nothing put first."""

    terms: tuple[Term, ...]
    organ_id: int | None = None
    outcome: str = ""
    ended: bool | None = None
    first_on: date | None = None
    last_on: date | None = None
    newest: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line in which something was found: where, and the text in pieces."""

    kind: DocumentKind
    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A case that was found."""

    row: CaseRow
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found. ``counted``: cases the index names, capped; exact only where ``exact``, since pairs of
    characters may meet by chance and only the cases shown were read through. ``next_from``: where the next page
    begins; None on the last."""

    hits: tuple[Hit, ...]
    counted: int
    capped: bool
    exact: bool
    start: int
    next_from: int | None


def find_cases(ctx: Context, wanted: Wanted, start: int = 0) -> Found:
    """The page that begins at ``start`` of what the index names. Every term is in the case, each where the person may
    see it: names of citizens and their numbers only where the person may see these in full."""
    places = find_places(ctx.session, _groups(ctx, wanted), _places(wanted), COUNTED + 1)
    capped = len(places) > COUNTED
    known: Known = {}
    places = _ranked(ctx, wanted, places[:COUNTED], known)
    hits: list[Hit] = []
    at = start
    while at < len(places) and len(hits) < PAGE and at - start < MOST_LOOKED_AT:
        some = places[at : at + PAGE - len(hits)]
        hits += _read_through(ctx, wanted, some, known)
        at += len(some)
    everything = start == 0 and at >= len(places)
    counted = len(hits) if everything else len(places)
    return Found(
        tuple(hits), counted, capped, everything and not capped, start, at if at < len(places) else None
    )


def _groups(ctx: Context, wanted: Wanted) -> list[Group]:
    """What narrows most and costs least to compare comes first."""
    token = ctx.adapters.cipher.token
    groups: list[Group] = []
    if not ctx.actor.reads_whole_district:
        groups.append([{token(organ_word(each))} for each in sorted(ctx.actor.reading_organ_ids)] or [{0}])
    facets = []
    if wanted.organ_id is not None:
        facets.append(organ_word(wanted.organ_id))
    if wanted.outcome:
        facets.append(outcome_word(wanted.outcome))
    if wanted.ended is not None:
        facets.append(state_word(ended=wanted.ended))
    groups += [[{token(facet)}] for facet in facets]
    return groups + [_alternatives(ctx, term) for term in wanted.terms if term.looked_up]


def _alternatives(ctx: Context, term: Term) -> Group:
    cipher = ctx.adapters.cipher
    if term.date_word:
        return [{cipher.token(term.date_word)}]
    found: list[set[int]] = []
    if term.words:
        found.append({cipher.token(word) for word in term.words})
        found.append({cipher.token(word, closed=True) for word in term.words})
    if term.number and ctx.actor.may_reach(Permission.PERSON_UNMASK):
        found += [{cipher.token(number_word(each), closed=True)} for each in number_hashes(ctx, term)]
    return found


def number_hashes(ctx: Context, term: Term) -> tuple[str, ...]:
    """Keyed hashes of a number that was typed: as it is, and as numbers of documents are kept."""
    return tuple({ctx.adapters.cipher.fingerprint(each) for each in (term.number, term.number.upper())})


def _places(wanted: Wanted) -> Places:
    end = None
    if wanted.last_on is not None and wanted.last_on < date.max:
        end = first_place(date.fromordinal(wanted.last_on.toordinal() + 1))
    return Places(first_place(wanted.first_on) if wanted.first_on else None, end)


def _ranked(ctx: Context, wanted: Wanted, places: list[int], known: Known) -> list[int]:
    if wanted.newest or len(places) < 2:
        return places
    newest, older = places[:RANKED], places[RANKED:]
    known.update(read_candidates(ctx.session, ctx.actor, newest))
    points = {place: _points(wanted.terms, known.get(place)) for place in newest}
    return sorted(newest, key=lambda place: (-points[place], -place)) + older


def _points(terms: Sequence[Term], candidate: Candidate | None) -> int:
    """A number that was typed as it stands counts most, then words of the number, then of what is asked for."""
    if candidate is None:
        return 0
    number, description = fold(candidate.number), fold(candidate.description)
    mail = fold(candidate.mail_number or "")
    points = 0
    for term in terms:
        if term.text in (number, mail):
            points += 100
        elif term.text in number:
            points += 10
        elif term.text in description:
            points += 3
    return points


def _read_through(ctx: Context, wanted: Wanted, places: Sequence[int], known: Known) -> list[Hit]:
    session = ctx.session
    if any(place not in known for place in places):
        known.update(read_candidates(session, ctx.actor, places))
    case_ids = [known[place].case_id for place in places if place in known]
    query = base_query().where(Case.id.in_(case_ids), visible_cases(ctx.actor))
    rows = {row.id: row for row in rows_of(session, query, current_calendar(session), ctx.today)}
    documents = read_registration(session, case_ids)
    found = {
        case_id: _lines(ctx, wanted.terms, row, documents.get(case_id, [])) for case_id, row in rows.items()
    }
    deeper = [case_id for case_id, lines in found.items() if lines is None]
    for case_id, papers in read_papers(session, deeper).items() if deeper else ():
        found[case_id] = _lines(ctx, wanted.terms, rows[case_id], documents.get(case_id, []) + papers)
    return [Hit(rows[case_id], lines) for case_id in case_ids if (lines := found.get(case_id)) is not None]


def _lines(
    ctx: Context, terms: Sequence[Term], row: CaseRow, documents: Sequence[CaseDocument]
) -> tuple[Line, ...] | None:
    """The lines to show; None when a term is in none of the texts the person may search."""
    in_full = ctx.actor.may_on(Permission.PERSON_UNMASK, row.organ_id, row.handler_id)
    names = _citizens(documents)
    missing = set(terms)
    found: list[tuple[int, Line]] = []
    for document in documents:
        if document.kind is DocumentKind.APPLICANT:
            line, met = _of_applicant(ctx, terms, document, in_full=in_full)
        else:
            line, met = _of_text(ctx, terms, document, names)
        if line is not None:
            found.append((len(met & missing), line))
            missing -= met
    if missing:
        return None
    best = sorted(found, key=lambda each: -each[0])[:_LINES]
    return tuple(line for _new, line in found if any(line is chosen for _n, chosen in best))


def _of_applicant(
    ctx: Context, terms: Sequence[Term], document: CaseDocument, *, in_full: bool
) -> tuple[Line | None, set[Term]]:
    shown = mask_name(document.text, document.legal_kind)
    if document.legal_kind == LegalKind.CITIZEN and not in_full:
        return None, set()
    folded = fold(document.text)
    met, spans, by_number = set(), [], False
    for term in terms:
        here = term.spans(folded)
        if here:
            met.add(term)
            spans += here
        elif term.number and in_full and set(number_hashes(ctx, term)) & set(document.hashes):
            met.add(term)
            by_number = True
    if not met:
        return None, met
    name = "number" if by_number else ""
    return Line(document.kind, name, snippet(shown, spans)), met


def _of_text(
    ctx: Context, terms: Sequence[Term], document: CaseDocument, names: Sequence[tuple[str, str]]
) -> tuple[Line | None, set[Term]]:
    text = document.text
    if document.sealed is not None:
        text = f"{text}\n{ctx.adapters.cipher.open(document.sealed)}"
    for name, masked in names:
        text = text.replace(name, masked)
    folded = fold(text)
    met, spans = set(), []
    for term in terms:
        here = term.spans(folded)
        if here:
            met.add(term)
            spans += here
    return (Line(document.kind, document.name, snippet(text, spans)), met) if met else (None, met)


def _citizens(documents: Sequence[CaseDocument]) -> list[tuple[str, str]]:
    """Names that no line may show in full, and how they are shown."""
    return [
        (document.text, mask_name(document.text, document.legal_kind))
        for document in documents
        if document.kind is DocumentKind.APPLICANT
        and document.legal_kind == LegalKind.CITIZEN
        and len(document.text) > 1
    ]
