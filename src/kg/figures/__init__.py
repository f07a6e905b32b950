"""Read figures and periods out of Chinese text: our own lexer, which needs no dictionary."""

from kg.figures.figure import Figure, read_figures
from kg.figures.numeral import parse_numeral
from kg.figures.period import Period, read_periods

__all__ = ["Figure", "Period", "parse_numeral", "read_figures", "read_periods"]
