"""Secrecy: passes that nobody can tie to a person, and what is stored of a ballot. No database here."""
