"""Evidence: the words of a page that a statement was drawn from, who says them, and where they stand.

A statement is a node with ``prov:wasDerivedFrom``: an ``rdf:Statement`` about a triple, or a
``schema:Observation``. It leads to spans (``oa:SpecificResource``: a quote and its place), a span to
an article and a source. A background fact leads to a reference source without a span.
"""

from kg.evidence.index import DERIVED, OBJECT, PREDICATE, SUBJECT, EvidenceIndex, holds_evidence
from kg.evidence.piece import Evidence

__all__ = ["DERIVED", "OBJECT", "PREDICATE", "SUBJECT", "Evidence", "EvidenceIndex", "holds_evidence"]
