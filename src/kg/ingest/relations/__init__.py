"""Which relations sentences state; one module a kind, gathered by ``wording``."""
