"""Writes the generated parts of docs/ from the registries."""
