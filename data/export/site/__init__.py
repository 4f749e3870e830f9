"""The public record as a static site: plain HTML, feeds, calendars and the open data, for any web host.

``python -m data.export site OUT/ --site https://example.org/`` writes it. Every page has the address of a page of the
dashboard as its counterpart, see :mod:`data.export.site.addresses`.
"""

from data.export.site.write import write_site

__all__ = ["write_site"]
