"""A collection killed at any moment and started again ends as one that was never stopped: the short form of the proof."""

from __future__ import annotations

import pytest

from tests.trust import Missed, kills


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_killed_collections_end_as_the_uninterrupted_one():
    lines = kills.prove(30)
    assert lines[0].startswith(("30 kills", "31 kills", "32 kills", "33 kills", "34 kills"))
    assert "0 rows lost" in lines[0]
    assert len([line for line in lines if line.startswith("control")]) == 2


@pytest.mark.slow
def test_a_proof_that_a_wrong_order_passes_is_missed():
    with kills.world() as world, pytest.raises(Missed, match="no power"):
        kills._power(world, "nothing wrong", lambda: None, runs=2)
