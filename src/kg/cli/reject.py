"""`kg reject`, which reads as `kg accept` does."""

from kg.cli.accept import reject as command

__all__ = ["command"]
