"""Compile the facts files into the graph: the same bytes for the same facts."""

from kg.build.graph import Build, build, verify
from kg.build.turtle import to_turtle

__all__ = ["Build", "build", "to_turtle", "verify"]
