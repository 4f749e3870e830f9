"""From the network to facts: fetch, parse, read, join. The only caller of ``data.store``."""
