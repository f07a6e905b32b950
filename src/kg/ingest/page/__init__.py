"""The page as text: its lines, its blocks, the way back to the raw characters."""
