"""Processes as data: what a process file says, whether it may be used, and where a step leads."""
