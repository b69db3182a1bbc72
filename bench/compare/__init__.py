"""The benchmark: ours and the peers on the same real pages, in one run, by the judge of shared/bench.

pages       which pages: the sets, the held-out fifth of the sites, so many a set
judge       the judge's own code, asked to run the tools and to score their answers
standing    scores of pages become a tool's standing: by set, by kind of page, by structure, CPU
markdown    the standings as tables
plots       the standings as two pictures
floors      what must be reached, and what is below it
"""
