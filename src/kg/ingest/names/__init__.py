"""What a page names: places, bodies, persons, events, projects, lists; one module a kind of mention."""
