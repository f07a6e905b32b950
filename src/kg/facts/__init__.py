"""The facts files: what people edit and review, line by line."""

from kg.facts.catalogue import Catalogue, Entity, read_catalogue
from kg.facts.page import Article, Fact, Page, read_page
from kg.facts.spans import Spans, read_spans, write_spans

__all__ = [
    "Article",
    "Catalogue",
    "Entity",
    "Fact",
    "Page",
    "Spans",
    "read_catalogue",
    "read_page",
    "read_spans",
    "write_spans",
]
