"""The rules that SHACL can say, evaluated by pySHACL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.check.report import Violation
from kg.errors import DataError, UsageError

_SH = "http://www.w3.org/ns/shacl#"


def shape_violations(data: str, shapes: Path, ontology: str) -> Iterator[Violation]:
    """Yield what the shapes find in a graph; both graphs are Turtle, the ontology gives the subclasses.

    Raises ``UsageError`` where pySHACL is not installed, ``DataError`` where the shapes cannot be evaluated.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise UsageError("kg check needs pySHACL", hint="install it with pip install 'kg[check]'") from error
    from rdflib import RDF, Graph, Namespace

    sh = Namespace(_SH)
    # One graph, since pySHACL takes only classes from its ont_graph, and measures are individuals.
    graph = Graph().parse(data=data, format="turtle").parse(data=ontology, format="turtle")
    _, report, text = pyshacl.validate(
        graph, shacl_graph=Graph().parse(shapes, format="turtle"), inplace=True
    )
    if not isinstance(report, Graph):  # pySHACL hands an exception back in its place
        raise DataError(
            f"the shapes of {shapes.name} cannot be evaluated: {text or report}", hint="mend the shapes"
        )
    for result in report.subjects(RDF.type, sh.ValidationResult):
        messages = sorted(str(m) for m in report.objects(result, sh.resultMessage))
        message, _, hint = " ".join(messages).partition(": ")
        path = report.value(result, sh.resultPath)
        yield Violation("shapes", str(report.value(result, sh.focusNode)), message, hint, str(path or ""))
