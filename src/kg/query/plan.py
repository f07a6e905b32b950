"""The algebra of a query (SPARQL 1.1, section 18.2), as rdflib translates it."""

from __future__ import annotations

from collections.abc import Mapping


def algebra(text: str, prefixes: Mapping[str, str]) -> str:
    """Return the algebra of a query, indented.

    pyoxigraph does not show its plan; the algebra is what every engine starts from.

    >>> algebra("ASK { ?s ?p ?o }", {}).split()[:6]
    ['AskQuery(', 'p', '=', 'Project(', 'p', '=']
    """
    from contextlib import redirect_stdout
    from io import StringIO

    from rdflib.plugins.sparql import prepareQuery
    from rdflib.plugins.sparql.algebra import pprintAlgebra

    printed = StringIO()
    try:
        with redirect_stdout(printed):
            pprintAlgebra(prepareQuery(text, initNs=dict(prefixes)))
    except Exception as error:  # rdflib's parser accepts less than oxigraph's, and raises whatever it likes
        return f"(rdflib does not translate this query: {' '.join(str(error).split())})"
    return printed.getvalue().strip()
