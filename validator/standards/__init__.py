"""YAML to model: reads a standard, checks its form, and keeps the place of every fault."""
