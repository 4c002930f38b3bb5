"""What investeringsledere register: placement, transitions, rates with intervals, payments, and what to measure next."""
