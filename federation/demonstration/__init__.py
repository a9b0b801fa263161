"""The demonstration: an example played through the same services as the commands, a transaction a step."""
