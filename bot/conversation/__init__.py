"""The conversation: one table of steps for every channel, and pure functions behind it."""
