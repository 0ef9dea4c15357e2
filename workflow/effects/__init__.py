"""What an act does besides moving its record: own rows, same transaction."""
