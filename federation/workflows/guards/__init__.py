"""
Named guards: pure functions from a view of the facts to findings, a file for each kind of case.

A process file names them; their parameters are declared by their signatures and checked when the file is loaded.
The law they apply stands in `rules`; here it is looked up and given the figures it asks for. Importing this package
makes them all known.
"""

from federation.workflows.guards import cases, drafts, elections, meetings
from federation.workflows.guards.registry import GUARDS, GuardUse, guard_faults, guard_parameters

__all__ = ["GUARDS", "GuardUse", "cases", "drafts", "elections", "guard_faults", "guard_parameters", "meetings"]
