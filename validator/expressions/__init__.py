"""Fields and conditions as Narwhals expressions over text columns, and their Python twins."""
