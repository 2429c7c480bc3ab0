"""From what was read to a register: statements joined, events inferred or curated, lives cut into eras.

>>> from nhs_orgs.compiler import assemble, bundled
"""

from nhs_orgs.compiler.assemble import assemble
from nhs_orgs.compiler.curation import Curation, bundled, read_curation

__all__ = ["Curation", "assemble", "bundled", "read_curation"]
