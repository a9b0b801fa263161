"""One function for each thing an officer does: it fetches, asks the rules, refuses or records, and returns facts."""
