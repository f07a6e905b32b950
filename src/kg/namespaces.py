"""The IRIs that everything else shares: one base, one table of prefixes.

``https://kg.example/`` is a reserved name; whoever publishes the graph changes ``BASE`` alone.
"""

from __future__ import annotations

BASE = "https://kg.example/"
KG = BASE + "ontology#"
ID = BASE + "id/"
SOURCE = BASE + "source/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
DCTERMS = "http://purl.org/dc/terms/"
SCHEMA = "https://schema.org/"

#: Prefixes a query may use without declaring them: the graph's own first, then the well-known ones.
PREFIXES: dict[str, str] = {
    "kg": KG,
    "id": ID,
    "source": SOURCE,
    "schema": SCHEMA,
    "org": ORG,
    "prov": PROV,
    "oa": OA,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": OWL,
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "sh": "http://www.w3.org/ns/shacl#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
}


def expand(curie: str, prefixes: dict[str, str] = PREFIXES) -> str:
    """Return the IRI that a CURIE stands for; a bare name is an entity of the graph.

    >>> expand("schema:about")
    'https://schema.org/about'
    >>> expand("caoxian-371721")
    'https://kg.example/id/caoxian-371721'

    Raises ``KeyError`` with the prefix when it is not in the table.
    """
    prefix, colon, local = curie.partition(":")
    if not colon:
        return ID + curie
    return prefixes[prefix] + local


def shorten(iri: str, prefixes: dict[str, str] = PREFIXES) -> str:
    """Return the CURIE of an IRI, or the IRI in angle brackets where no prefix fits.

    >>> shorten("https://kg.example/id/caoxian-371721")
    'id:caoxian-371721'
    >>> shorten("urn:x")
    '<urn:x>'
    """
    fitting = (p for p, ns in prefixes.items() if iri.startswith(ns))
    best = max(fitting, key=lambda p: len(prefixes[p]), default=None)
    if best is None:
        return f"<{iri}>"
    return f"{best}:{iri[len(prefixes[best]) :]}"
