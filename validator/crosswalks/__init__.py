"""Translates submissions from one scheme into another, and measures what that loses."""
