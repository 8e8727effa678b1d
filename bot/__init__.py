"""The application: channels, conversation, delivery, jobs, command line; wired in ``app``."""
