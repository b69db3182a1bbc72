"""Archive files held against their own words and the standards: structure, digests, packages, indexes, bags."""

from endleaf.verify.codes import CODES
from endleaf.verify.findings import Finding, Summary, Verdict
from endleaf.verify.inspect import Inspection
from endleaf.verify.texts import FORMS, of_level

__all__ = ["CODES", "FORMS", "Finding", "Inspection", "Summary", "Verdict", "of_level"]
