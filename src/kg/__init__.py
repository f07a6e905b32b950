"""Newspaper pages as a knowledge graph that you can query, cite and see."""
