"""The questions that every peer is asked, by name; none depends on the order in which an engine finds rows."""

from __future__ import annotations

import graph

_FIGURE = "?figure schema:observationAbout ?county ; schema:variableMeasured ?measure ; schema:value ?value"
#: Name, and the query without its prefixes.
_QUERIES = {
    "lookup": "SELECT ?figure ?value { ?figure schema:observationAbout id:county-300007 ; schema:value ?value }",
    "star": """SELECT ?figure ?measure ?value ?unit ?words ?qualifier ?end ?speaker {
        ?figure schema:observationAbout id:county-300003 ; schema:variableMeasured ?measure ;
                schema:value ?value ; schema:unitCode ?unit ; kg:verbatim ?words
        OPTIONAL { ?figure schema:measurementQualifier ?qualifier }
        OPTIONAL { ?figure schema:endDate ?end }
        OPTIONAL { ?figure prov:wasAttributedTo ?speaker } }""",
    "join": """SELECT ?official ?name ?county {
        ?county schema:containedInPlace id:city-200002 . ?body schema:location ?county .
        ?post org:postIn ?body . ?official org:holds ?post ; rdfs:label ?name FILTER(LANG(?name) = "zh") }""",
    "path": "SELECT ?place { ?place schema:containedInPlace+ id:province-100001 }",
    "path and join": """SELECT ?figure ?value {
        ?county schema:containedInPlace+ id:province-100001 .
        ?figure schema:observationAbout ?county ; schema:variableMeasured kg:specialFund ; schema:value ?value }""",
    "evidence": """SELECT ?figure ?quote ?start ?date {
        ?figure schema:observationAbout id:county-300005 ; prov:wasDerivedFrom ?span .
        ?span oa:hasSelector/oa:exact ?quote ; oa:hasSelector/oa:start ?start ; oa:hasSource/dcterms:date ?date }""",
    "count": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "sum by measure": """SELECT ?measure (SUM(?value) AS ?sum) {
        ?figure schema:variableMeasured ?measure ; schema:value ?value } GROUP BY ?measure""",
    "mean by measure and year": """SELECT ?measure ?year (AVG(?value) AS ?mean) (COUNT(*) AS ?n) {
        ?figure schema:variableMeasured ?measure ; schema:value ?value ; schema:endDate ?end
        BIND(YEAR(?end) AS ?year) } GROUP BY ?measure ?year""",
    "most by county": """SELECT ?county (COUNT(?figure) AS ?n) (MAX(?value) AS ?most) {
        ?figure schema:observationAbout ?county ; schema:variableMeasured kg:onlineSales ; schema:value ?value
        } GROUP BY ?county HAVING(COUNT(?figure) > 2)""",
    "text": """SELECT ?entity ?name { ?entity rdfs:label ?name FILTER(CONTAINS(STR(?name), "物流项目")) }""",
    "pattern": """SELECT ?figure ?words { ?figure kg:verbatim ?words FILTER(REGEX(STR(?words), "^突破.*[05]亿元$")) }""",
    "greatest": f"SELECT ?value {{ {_FIGURE} }} ORDER BY DESC(?value) LIMIT 10",
    "absence": "SELECT ?company { ?company a kg:Company FILTER NOT EXISTS { ?project kg:party ?company } }",
    "all labels": "SELECT ?entity ?label { ?entity rdfs:label ?label }",
}
PREFIXES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in graph.PREFIXES.items())
QUERIES = {name: PREFIXES + query for name, query in _QUERIES.items()}

#: What `kg` alone can do: queries whose rows are cited, and questions that find nothing.
CITED = {
    "lookup": QUERIES["lookup"],
    "path and join": QUERIES["path and join"],
    "1,000 figures": PREFIXES + f"SELECT ?figure ?value {{ {_FIGURE} }} ORDER BY ?figure LIMIT 1000",
    "most by county": QUERIES["most by county"],
}
EMPTY = {
    "a label without its language": 'SELECT ?place { ?place rdfs:label "中国" }',
    "a label with a slip": 'SELECT ?place { ?place rdfs:label "曹曹曹具"@zh }',
    "an IRI with a slip": "SELECT ?n { ?o schema:observationAbout id:conty-300007 ; schema:value ?n }",
    "a property with a slip": "SELECT ?n { ?o schema:valu ?n }",
    "a filter that removes all": "SELECT ?o { ?o schema:value ?n FILTER(?n < 0) }",
}
#: What the shipped graph is asked by a process that starts for it.
COLD = """PREFIX schema: <https://schema.org/>
SELECT ?about ?value { ?o schema:observationAbout ?about ; schema:value ?value }
ORDER BY DESC(?value) LIMIT 20"""
