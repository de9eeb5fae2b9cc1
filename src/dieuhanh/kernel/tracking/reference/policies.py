"""Who keeps reference data; everybody who is signed in reads them: law is public."""

from __future__ import annotations

from dieuhanh.kernel.identity.models import Person, Role

#: Who keeps reference data.
KEEPERS = (Role.ADMINISTRATOR,)


def may_keep(user: Person) -> bool:
    """Whether ``user`` confirms and changes limits and records notices; not in another's name."""
    return not user.acting and user.has_role(*KEEPERS)
