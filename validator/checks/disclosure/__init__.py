"""Whom the records could give away."""
