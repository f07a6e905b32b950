"""Check a graph: shapes, grounding of quotes, evidence, vocabulary, ids, totals."""

from kg.check.graph import check
from kg.check.report import Report, Violation

__all__ = ["Report", "Violation", "check"]
