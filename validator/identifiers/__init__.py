"""Direct identifiers in text: one file a kind, found by discovery. Text in, places out."""
