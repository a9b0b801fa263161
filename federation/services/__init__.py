"""One function for each thing an officer does. A service fetches, asks the rules, refuses or records, and returns facts."""
