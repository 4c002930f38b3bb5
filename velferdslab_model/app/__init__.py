"""The local page: the same functions as the commands, for those who never open a terminal. Nothing is computed here."""
