"""Half a year of referrals in a made-up district: silent services, lost letters, full ones, forgetful people.

The world keeps its own account of what happened to each referral, apart from Waymark's tables, so that at the end the
list of what stands still can be held against it: nobody may be missing from it, and each line must name who acts.
"""

from waymark.demo.half_year.proof import Proof, prove
from waymark.demo.half_year.run import simulate
from waymark.demo.half_year.world import Size, World

__all__ = ["Proof", "Size", "World", "prove", "simulate"]
