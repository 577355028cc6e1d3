"""What looks wrong with the submission as a whole."""
