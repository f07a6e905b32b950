"""Entities: the names they go by, what is said of them, how they are connected."""

from kg.entities.names import label, names, pinyin, resolve

__all__ = ["label", "names", "pinyin", "resolve"]
