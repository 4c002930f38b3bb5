"""What differs between two scenarios, and how much of the difference in the result each change explains."""
