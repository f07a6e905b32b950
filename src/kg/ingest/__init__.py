"""From a raw page to reviewed facts.

What reads a page, each package on those before it: ``page`` (the text, its blocks), ``names`` (what it
mentions), ``reading`` (both in one pass), ``discourse`` (how names act in sentences), ``measures`` (what
figures measure), ``relations``, ``observations`` (figures bound to their subjects), ``rules`` (the extractor
that is made of them). ``llm`` and ``tagger`` are others; an extractor is what ``extractor`` says.

What becomes of it: ``proposal``, ``link`` and ``entity`` (names to entities), ``propose`` (proposals into a
facts file), ``factsfile``, ``shelf`` and ``batch`` (the folder of facts, many pages), ``evaluation``.
The word lists are ``words.toml`` and ``measures/lexicon.toml``.
"""
