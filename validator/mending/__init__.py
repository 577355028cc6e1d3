"""Changes a copy of a submission: what is misspelt is spelt right, and what exposes is withheld."""
