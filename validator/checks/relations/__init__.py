"""What does not hold between values, records or tables."""
