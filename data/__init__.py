"""Records, storage, reference data and exports: what collectors write and the dashboard reads."""
