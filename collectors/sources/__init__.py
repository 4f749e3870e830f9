"""One module per official system, each a pure function from a response to records.

``parse(response, source)`` yields :data:`data.models.Record`; it raises :class:`data.errors.SourceError`
when the response as a whole is not what the source promises, yields ``Rejected`` for one bad row and
``Unknown`` for a code our tables lack. A module may also have ``watch(source, identifiers)``: the
addresses to poll for official identifiers already known. Nothing here touches network, clock or database.
"""
