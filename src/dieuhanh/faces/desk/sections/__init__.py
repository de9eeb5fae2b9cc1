"""The parts of the home page, by role: each a function that gives what its part of the page shows.

`table.py` says who sees which.
"""
