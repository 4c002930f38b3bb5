"""What is drawn when nobody says otherwise."""

STANDARD_TREKNINGER = 10_000
STANDARD_FROE = 2019
