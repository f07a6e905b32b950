"""Questions: a library of named ones, their parameters, their evaluation, results and formats."""
