"""Turn the facts of one page into statements and observations with their evidence."""

from __future__ import annotations

from decimal import Decimal
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode, Triple

from kg.build.background import Evidence, names, statement
from kg.build.locate import Locator, article_of
from kg.build.period import StatedPeriod, read_period
from kg.build.stated import StatedFigure, read_figure, read_rank
from kg.errors import FactsError
from kg.facts.catalogue import Catalogue, class_iri
from kg.facts.page import Fact, Page
from kg.facts.spans import Span
from kg.identifiers import content_id, source_iri, span_iri
from kg.namespaces import DCTERMS, ID, KG, OA, PROV, RDF, SCHEMA, SOURCE, XSD, expand
from kg.ontology import Ontology

_TYPE = NamedNode(RDF + "type")
_PART_OF = NamedNode(SCHEMA + "isPartOf")


class PageCompiler:
    """Compile one page; ``triples`` is the whole of it."""

    def __init__(self, page: Page, catalogue: Catalogue, ontology: Ontology, locator: Locator) -> None:
        self._page = page
        self._catalogue = catalogue
        self._ontology = ontology
        self._locator = locator
        self._lines: dict[str, int] = {}

    def triples(self) -> set[Triple]:
        """Return the page, its articles, and all that its accepted facts state.

        Raises ``FactsError`` naming the line that cannot stand.
        """
        triples = self._source()
        for fact in self._page.facts:
            if fact.status == "accepted":
                triples |= self._fact(fact)
        return triples

    def _source(self) -> set[Triple]:
        page, node = self._page, NamedNode(source_iri(self._page.source))
        triples = names(node, page.zh, page.en) | {
            Triple(node, _TYPE, NamedNode(KG + "NewspaperPage")),
            Triple(node, _PART_OF, self._entity("newspaper", page.newspaper)),
            Triple(node, NamedNode(DCTERMS + "date"), _date(page.date)),
            Triple(node, NamedNode(KG + "sha256"), Literal(page.sha256)),
            Triple(node, NamedNode(KG + "characters"), _integer(page.characters)),
        }
        for article in page.articles.values():
            piece = NamedNode(ID + article.id)
            triples |= names(piece, article.zh, article.en)
            triples.add(Triple(piece, _TYPE, NamedNode(class_iri(article.type))))
            triples.add(Triple(piece, _PART_OF, node))
        return triples

    def _fact(self, fact: Fact) -> set[Triple]:
        where = f"{self._page.path}:{fact.line}"
        triples: set[Triple] = set()
        evidence: Evidence = []
        for role, text, span in self._locator.locate(fact):
            triples |= self._evidence(text, span)
            evidence.append((role, span_iri(self._page.source, span.start, span.end)))
        period = read_period(fact.when, self._page.reference_date) if fact.when else None
        for line in fact.states:
            node, stated = self._relation(where, fact, line, evidence)
            triples |= stated | self._circumstances(where, fact, node)
            if period:
                triples.add(
                    Triple(node, NamedNode(KG + "periodVerbatim"), Literal(period.verbatim, language="zh"))
                )
        for line in fact.figures:
            triples |= self._observation(where, fact, line, evidence, period)
        return triples

    def _relation(
        self, where: str, fact: Fact, line: str, evidence: Evidence
    ) -> tuple[NamedNode, set[Triple]]:
        words = line.split(maxsplit=2)
        if len(words) != 3:
            raise FactsError(f"{where}: {line!r} is no statement", hint="write subject property object")
        subject = self._entity(where, words[0])
        prop = self._property(where, words[1])
        obj: NamedNode | Literal
        if self._ontology.literal_type(prop):
            obj = self._ontology.literal(prop, words[2].removeprefix('"').removesuffix('"'))
            if obj.language is None and str(obj.datatype.value) not in (XSD + "string",) and not _valid(obj):
                raise FactsError(
                    f"{where}: {words[2]!r} is no {obj.datatype.value.rpartition('#')[2]}",
                    hint=f"write what {words[1]} takes",
                )
        elif words[2].startswith('"'):
            raise FactsError(
                f"{where}: {words[1]} takes an entity, not text", hint="give an id of entities.yaml"
            )
        else:
            obj = self._entity(where, words[2])
        node, triples = statement(subject, prop, obj, evidence, key=f"{fact.by}|{fact.modality}")
        self._once(where, node)
        return node, triples

    def _observation(
        self, where: str, fact: Fact, line: str, evidence: Evidence, period: StatedPeriod | None
    ) -> set[Triple]:
        figure = (
            read_rank(where, line, fact.quotes[0], self._catalogue.entities)
            if fact.order
            else read_figure(where, line, fact.quotes)
        )
        about, measure = self._entity(where, figure.subject), self._measure(where, figure)
        node = NamedNode(
            content_id(
                "obs",
                about.value,
                measure.value,
                figure.verbatim,
                *(iri for _, iri in evidence),
                fact.by,
                fact.modality,
                fact.list,
            )
        )
        self._once(where, node)
        pairs: list[tuple[str, NamedNode | Literal | None]] = [
            (RDF + "type", NamedNode(SCHEMA + "Observation")),
            (SCHEMA + "observationAbout", about),
            (SCHEMA + "variableMeasured", measure),
            (SCHEMA + "value", _number(figure.value)),
            (SCHEMA + "minValue", _number(figure.minimum)),
            (SCHEMA + "maxValue", _number(figure.maximum)),
            (SCHEMA + "unitCode", Literal(figure.unit_code)),
            (SCHEMA + "unitText", Literal(figure.unit_text, language="zh") if figure.unit_text else None),
            (SCHEMA + "measurementQualifier", NamedNode(KG + figure.qualifier) if figure.qualifier else None),
            (KG + "method", NamedNode(KG + "OrderOfEnumeration") if figure.by_order else None),
            (KG + "verbatim", Literal(figure.verbatim, language="zh")),
            (KG + "perValue", _number(figure.per_value)),
            (KG + "perUnitCode", Literal(figure.per_unit_code) if figure.per_unit_code else None),
            (KG + "comparedWithin", self._entity(where, fact.within) if fact.within else None),
            (KG + "inList", self._entity(where, fact.list) if fact.list else None),
            *((role, NamedNode(iri)) for role, iri in evidence),
            *_period(period),
        ]
        triples = {Triple(node, NamedNode(p), o) for p, o in pairs if o is not None}
        return triples | self._circumstances(where, fact, node)

    def _circumstances(self, where: str, fact: Fact, node: NamedNode) -> set[Triple]:
        """Return who says it, in which mood, and on which report it rests."""
        triples = set()
        if fact.by:
            triples.add(Triple(node, NamedNode(PROV + "wasAttributedTo"), self._entity(where, fact.by)))
        if fact.based_on:
            triples.add(Triple(node, NamedNode(SCHEMA + "isBasedOn"), self._entity(where, fact.based_on)))
        if fact.modality:
            modality = KG + fact.modality
            if KG + "Modality" not in self._ontology.values(modality, RDF + "type"):
                raise FactsError(f"{where}: modality {fact.modality!r}", hint="use Forecast, Opinion or Plan")
            if fact.modality == "Forecast" and not fact.by and fact.figures:
                raise FactsError(f"{where}: a forecast needs its speaker", hint="add by:")
            triples.add(Triple(node, NamedNode(KG + "modality"), NamedNode(modality)))
        return triples

    def _evidence(self, quote: str, span: Span) -> set[Triple]:
        source = NamedNode(source_iri(self._page.source))
        iri = span_iri(self._page.source, span.start, span.end)
        node, exact, position = NamedNode(iri), NamedNode(iri + "&quote"), NamedNode(iri + "&position")
        return {
            Triple(node, _TYPE, NamedNode(OA + "SpecificResource")),
            Triple(node, NamedNode(OA + "hasSource"), source),
            Triple(node, _PART_OF, NamedNode(ID + article_of(self._page, span).id)),
            Triple(node, NamedNode(OA + "hasSelector"), exact),
            Triple(node, NamedNode(OA + "hasSelector"), position),
            Triple(exact, _TYPE, NamedNode(OA + "TextQuoteSelector")),
            Triple(exact, NamedNode(OA + "exact"), Literal(quote, language="zh")),
            Triple(exact, NamedNode(OA + "prefix"), Literal(span.prefix, language="zh")),
            Triple(exact, NamedNode(OA + "suffix"), Literal(span.suffix, language="zh")),
            Triple(position, _TYPE, NamedNode(OA + "TextPositionSelector")),
            Triple(position, NamedNode(OA + "start"), _integer(span.start)),
            Triple(position, NamedNode(OA + "end"), _integer(span.end)),
        }

    def _entity(self, where: str, name: str) -> NamedNode:
        if name in self._catalogue.entities or name in self._page.articles:
            return NamedNode(ID + name)
        if name == f"source:{self._page.source}":
            return NamedNode(SOURCE + self._page.source)
        near = get_close_matches(name, self._catalogue.entities, n=2)
        hint = f"did you mean {' or '.join(near)}?" if near else "add it to entities.yaml"
        raise FactsError(f"{where}: {name!r} is no entity", hint=hint)

    def _property(self, where: str, curie: str) -> str:
        try:
            iri = expand(curie) if ":" in curie else ""
        except KeyError as error:
            raise FactsError(
                f"{where}: unknown prefix {error}", hint="use a prefix of kg.namespaces"
            ) from error
        if iri in self._ontology and self._ontology.drawn_as(iri) in ("Edge", "Attribute"):
            return iri
        near = get_close_matches(
            curie.partition(":")[2], [t.rpartition("#")[2] for t in self._ontology.terms], n=2
        )
        hint = f"did you mean {' or '.join(near)}?" if near else "see ontology/kg.ttl"
        raise FactsError(f"{where}: {curie!r} is no property that a fact can state", hint=hint)

    def _measure(self, where: str, figure: StatedFigure) -> NamedNode:
        own = self._catalogue.entities.get(figure.measure)
        if own is not None and own.type in ("Measure", "RankMeasure"):
            # A measure that an editor accepted from a page, before the ontology defines it.
            return NamedNode(ID + own.id)
        iri = expand(figure.measure) if figure.measure.startswith("kg:") else ""
        if not self._ontology.is_a(iri, KG + "Measure"):
            known = [
                t.removeprefix(KG) for t in self._ontology.terms if self._ontology.is_a(t, KG + "Measure")
            ]
            near = get_close_matches(figure.measure.partition(":")[2], known, n=2)
            hint = (
                f"did you mean {' or '.join('kg:' + n for n in near)}?"
                if near
                else "add it to ontology/kg.ttl"
            )
            raise FactsError(f"{where}: {figure.measure!r} is no measure", hint=hint)
        (unit,) = self._ontology.values(iri, KG + "unit")
        if unit != figure.unit_code:
            raise FactsError(
                f"{where}: {figure.measure} is given in {unit}, not {figure.unit_code}", hint="mend one"
            )
        return NamedNode(iri)

    def _once(self, where: str, node: NamedNode) -> None:
        line = int(where.rpartition(":")[2])
        if node.value in self._lines:
            raise FactsError(f"{where}: line {self._lines[node.value]} states the same", hint="remove one")
        self._lines[node.value] = line


def _period(period: StatedPeriod | None) -> list[tuple[str, Literal | None]]:
    if period is None:
        return []
    return [
        (SCHEMA + "startDate", _date(period.start.isoformat()) if period.start else None),
        (SCHEMA + "endDate", _date(period.end.isoformat()) if period.end else None),
        (SCHEMA + "observationPeriod", Literal(period.interval) if period.interval else None),
        (KG + "periodVerbatim", Literal(period.verbatim, language="zh")),
    ]


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=NamedNode(XSD + "integer"))


def _number(value: Decimal | None) -> Literal | None:
    if value is None:
        return None
    whole = value == value.to_integral_value()
    text = f"{int(value)}" if whole else f"{value.normalize():f}"
    return Literal(text, datatype=NamedNode(XSD + ("integer" if whole else "decimal")))


def _date(text: str) -> Literal:
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    return Literal(text, datatype=NamedNode(XSD + kinds[len(text)]))


def _valid(literal: Literal) -> bool:
    """Tell whether the words are a value of their datatype."""
    import re

    patterns = {
        "date": r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
        "gYearMonth": r"\d{4}-(0[1-9]|1[0-2])",
        "gYear": r"\d{4}",
        "integer": r"[+-]?\d+",
        "decimal": r"[+-]?\d+(\.\d+)?",
        "boolean": r"true|false",
    }
    return bool(re.fullmatch(patterns[literal.datatype.value.rpartition("#")[2]], literal.value))
