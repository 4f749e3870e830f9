"""From the network to facts: fetch, parse, read, join. The only caller of ``data.store``."""

#: version of the code that reads payloads; when it changes, every address is read anew
READ_WITH = "1"
