"""What is not said."""
