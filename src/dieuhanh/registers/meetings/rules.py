"""Pure rules of meetings: quorum, majority, papers in time, the class of an item. No Django."""

from datetime import date

ADOPTED = frozenset({"adopted", "adopted_with_changes"})


def has_quorum(*, present: int, members: int) -> bool:
    """Whether enough members are present to hold a collective session: two thirds of all.

    Args:
        present: members present, people.
        members: all members of the committee, people.

    Law: 77/2015/QH13, Điều 114 (HO-02).

    >>> has_quorum(present=20, members=30), has_quorum(present=19, members=30)
    (True, False)
    """
    return 3 * present >= 2 * members


def votes_needed(members: int) -> int:
    """The fewest votes that are more than half of all members, not of those present (HO-05).

    Law: 77/2015/QH13, Điều 117.

    >>> votes_needed(30), votes_needed(31)
    (16, 16)
    """
    return members // 2 + 1


def is_carried(
    *, votes_for: int, votes_against: int, members: int, chair_in_favour: bool = False
) -> bool:
    """Whether a vote of the collective carries an item.

    More than half of all members are in favour; where as many are against, the side of the
    Chairman prevails (HO-05).

    Args:
        members: all members of the committee, people.
        chair_in_favour: the Chairman voted in favour; decides a tie only.

    Law: 77/2015/QH13, Điều 117.

    >>> is_carried(votes_for=16, votes_against=14, members=30)
    True
    >>> is_carried(votes_for=15, votes_against=15, members=30)
    False
    >>> is_carried(votes_for=15, votes_against=15, members=30, chair_in_favour=True)
    True
    >>> is_carried(votes_for=15, votes_against=2, members=30, chair_in_favour=True)
    False
    """
    if votes_for >= votes_needed(members):
        return True
    return chair_in_favour and votes_for == votes_against


def are_papers_in_time(*, sent_on: date, due_on: date) -> bool:
    """Whether members had the papers of a session by the last day of the law (HO-03).

    Law: 77/2015/QH13, Điều 114.
    """
    return sent_on <= due_on


def item_kind(result: str) -> str:
    """The class under which an item is counted: its result, or that it has none yet."""
    return result or "pending"
