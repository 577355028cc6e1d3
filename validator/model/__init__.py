"""What the other rooms speak of: frozen dataclasses, no input and no output."""
