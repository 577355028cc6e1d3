"""Descriptions of data that a standard can be drafted from: one file a form."""
