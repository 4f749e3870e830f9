"""Long proofs, each a command that prints its figures: ``python -m tests.trust NAME [N]``."""


class Missed(Exception):  # noqa: N818
    """The criterion of a proof is not met; the message says which and by how much."""
