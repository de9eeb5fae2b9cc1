"""Every part that repeats, in all its states, on one page of a demonstration."""
