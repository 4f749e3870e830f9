"""What the House's words for questions and results of votes mean."""

from __future__ import annotations


def house_vote_outcome(result: str) -> str:
    """``Passed``, ``Agreed to``: adopted; ``Failed``, ``Rejected``: rejected; else nothing."""
    word = result.lower()
    if word.startswith(("passed", "agreed", "adopted")):
        return "adopted"
    return "rejected" if word.startswith(("failed", "rejected", "not agreed")) else ""


def house_vote_type(question: str, result: str) -> str:
    """A vote on passage adopts or rejects; one on an amendment decides it; any other is a step."""
    words = question.lower()
    if "amendment" in words and "passage" not in words and "suspend" not in words:
        return "amendment_decided"
    if "passage" in words or "suspend the rules and" in words or "on agreeing to the resolution" in words:
        return "bill_rejected" if house_vote_outcome(result) == "rejected" else "bill_adopted"
    return "bill_reading"
