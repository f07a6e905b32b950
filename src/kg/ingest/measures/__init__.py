"""What a figure measures: words by a lexicon, the noun phrase beside the number, the name of the measure."""
