"""What a CONSTRUCT makes is not passed off as what the page states."""

from __future__ import annotations

from kg.cite.citation import cite
from kg.cite.render import write
from kg.query.run import evaluate
from kg.store import MemoryStore

GRAPH = """
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
<urn:cao> <urn:in> <urn:heze> .
<urn:st> a rdf:Statement ; rdf:subject <urn:cao> ; rdf:predicate <urn:in> ; rdf:object <urn:heze> ;
    prov:wasDerivedFrom <urn:span> ; prov:wasAttributedTo <urn:li> .
<urn:span> oa:hasSelector <urn:quote> . <urn:quote> oa:exact "菏泽市曹县"@zh .
"""


def written(query: str) -> tuple[str, tuple[str, ...]]:
    import io

    citations = cite(evaluate(MemoryStore.parse(GRAPH), query))
    out = io.BytesIO()
    write(citations, out, "nt")
    return out.getvalue().decode(), citations.notes


def test_a_stated_triple_comes_with_the_graphs_own_statement_and_quote() -> None:
    text, notes = written("CONSTRUCT { ?s <urn:in> ?o } { ?s <urn:in> ?o }")
    assert "<urn:st> <http://www.w3.org/ns/prov#wasAttributedTo> <urn:li> ." in text
    assert '"菏泽市曹县"@zh' in text
    assert notes == ()


def test_a_made_triple_leads_to_the_statements_that_it_was_made_from() -> None:
    text, (note,) = written("CONSTRUCT { ?o <urn:holds> ?s } { ?s <urn:in> ?o }")
    assert note.startswith("1 triple is made by the query and not stated in the graph")
    read = MemoryStore.parse(text)
    answer = evaluate(
        read,
        """SELECT ?made ?words { ?made a rdf:Statement ; rdf:predicate <urn:holds> ; prov:wasInfluencedBy ?from .
        ?from rdf:predicate <urn:in> ; prov:wasDerivedFrom/oa:hasSelector/oa:exact ?words }""",
    )
    [[made, words]] = answer.rows
    assert words.value == "菏泽市曹县"
    # No page states it, so it is not evidence of itself.
    assert not evaluate(read, f"ASK {{ {made} prov:wasDerivedFrom ?span }}").boolean
