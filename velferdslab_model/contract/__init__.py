"""Outcome contracts: what a municipality, a provider and an investor negotiate on."""
