"""What a person can do on the page, a module for each."""
