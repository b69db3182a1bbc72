"""What the other pages of a site tell of a page: the blocks that repeat on many of them are its template.

leaves     a page's blocks as keys of their words
survey     a bounded sample of each site's pages, year by year; surveys merge
witness    what a survey says of one page, and how that weighs
saved      a survey as JSON, to read, edit, keep and merge

    survey = Survey()
    for each page:                              # the first pass
        if survey.wants(url, year):
            survey.add(url, year, leaf_of(blocks, when))
    witness = survey.witness(url, year)         # the second pass; None where the site is too small
    kept = witness.kept(facts, likely)
"""

from __future__ import annotations

from endleaf.chrome.site.leaves import Leaf, bare_leaf, leaf_of
from endleaf.chrome.site.saved import dump, load
from endleaf.chrome.site.survey import Survey, site_of
from endleaf.chrome.site.template import FEWEST
from endleaf.chrome.site.witness import Witness

__all__ = ["FEWEST", "Leaf", "Survey", "Witness", "bare_leaf", "dump", "leaf_of", "load", "site_of"]
