"""Profiles of a submission, and contributors side by side: counts, shares, and what they allow."""
