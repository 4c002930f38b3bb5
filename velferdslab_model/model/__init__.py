"""What is computed: arrays in, arrays out. Draws come first and the year last; nothing here reads a file or a clock."""
