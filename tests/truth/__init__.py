"""Made-up entries whose truth is known in plain Python: one module a register.

A module names its registers (``REGISTERS``), makes one random row (``make``) and says which figures
an entry counts in (``tally``), from the text of the reports and without a query.
"""

from tests.truth import (
    assignments,
    complaints,
    documents,
    feedback,
    foreign_reception,
    inspections,
    meetings,
    petitions,
    press,
    procedures,
)

MODULES = (
    assignments,
    complaints,
    documents,
    feedback,
    foreign_reception,
    inspections,
    meetings,
    petitions,
    press,
    procedures,
)
