"""What is assumed: types, the table of inputs, default numbers with their sources, and scenario files."""
