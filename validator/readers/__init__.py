"""Files to text columns: one module a format, found by ``validator.readers.discovery``."""
