"""The price catalogue in use: searched, converted between price years, and held against the prices of a scenario."""
