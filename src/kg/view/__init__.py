"""A selection of the graph as one HTML file that works offline."""

from kg.view.page import render

__all__ = ["render"]
