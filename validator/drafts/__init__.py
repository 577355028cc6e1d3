"""Drafts a standard from data, or from a schema of another kind."""
