"""Findings that are known already, so that a pipeline can be strict about new ones at once."""
