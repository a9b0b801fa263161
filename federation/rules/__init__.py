"""The law: pure functions over data. No session, no clock, no files."""
