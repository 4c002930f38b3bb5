"""The price list: written for finance staff to edit, read back, and laid over a scenario."""
