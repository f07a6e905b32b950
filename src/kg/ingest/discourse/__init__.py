"""How names act in sentences: lists of names, clauses, what 该县 and 公司 stand for, who speaks."""
