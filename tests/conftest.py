"""What holds for every test."""

from hypothesis import settings

# How long an example takes is a matter of the machine: speed is measured by the benchmark, as a ratio.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
