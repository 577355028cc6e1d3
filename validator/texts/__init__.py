"""What a free text says: one text in, the values of coded fields that it states out."""
