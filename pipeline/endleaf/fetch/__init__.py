"""Captures out of public archives, as WARC files: one nearest to a date, or all of a URL or a prefix in a range.

:data:`SERVICES` is the table of archives. :func:`fetch` is the whole way; what an archive says is bounded, checked
and never taken for true (:mod:`endleaf.fetch.policy`, :mod:`endleaf.fetch.asking`).
"""

from __future__ import annotations

from endleaf.fetch.plan import Wish
from endleaf.fetch.run import Fetched, Progress, Ways, fetch
from endleaf.fetch.services import SERVICES, Service, table

__all__ = ["SERVICES", "Fetched", "Progress", "Service", "Ways", "Wish", "fetch", "table"]
