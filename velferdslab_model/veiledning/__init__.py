"""The guide for those who use the program: the page that is opened from it."""
