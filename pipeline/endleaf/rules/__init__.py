"""The rules room: what a person knows of a site's pages, by hand. ``docs/rules.md`` tells how rules are written.

file      TOML to rules, checked whole
rule      a rule; those that are for a page
pattern   which addresses a rule is for
span      which captures, by when they were taken
selector  CSS or XPath, over the flat tree (css, xpath, selecting)
reading   the text of what a selector finds
chosen    what a page's rules find on it
"""

from endleaf.rules.chosen import Chosen, apply, choose
from endleaf.rules.file import load, read
from endleaf.rules.rule import Rule, Rules

__all__ = ["Chosen", "Rule", "Rules", "apply", "choose", "load", "read"]
