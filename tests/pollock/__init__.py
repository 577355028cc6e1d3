"""Files broken on purpose, in the style of the Pollock benchmark, each with the truth about it."""
