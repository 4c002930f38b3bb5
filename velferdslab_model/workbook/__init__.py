"""How a result is written to .xlsx: a plan of cells first, then the file."""
