"""The shape of a SPARQL query: its groups, patterns and clauses, as written.

Citing and explaining need a query's structure, not its meaning: which triple patterns it has, under
which OPTIONAL or UNION they stand, what it groups by. Expressions stay the text they are, and terms
stay as written, because the engine alone decides what they denote. So this reads a query in about a
millisecond, with no import besides ``re``; rdflib's parser takes 0.4 s to import and 20 ms a query.

The engine has accepted a query before it comes here: this is no validator.
"""

from kg.sparql.expression import Exists, Expression
from kg.sparql.parse import parse
from kg.sparql.pattern import Path, Pattern
from kg.sparql.tokens import one_line
from kg.sparql.tree import (
    Bind,
    Data,
    Element,
    Filter,
    Graph,
    Group,
    Key,
    Minus,
    Optional,
    Projected,
    Query,
    Select,
    Service,
    SubSelect,
    Triples,
    Union,
    certain,
    variables,
)

__all__ = [
    "Bind",
    "Data",
    "Element",
    "Exists",
    "Expression",
    "Filter",
    "Graph",
    "Group",
    "Key",
    "Minus",
    "Optional",
    "Path",
    "Pattern",
    "Projected",
    "Query",
    "Select",
    "Service",
    "SubSelect",
    "Triples",
    "Union",
    "certain",
    "one_line",
    "parse",
    "variables",
]
