"""Bad input, and faults of the database, at the running product."""
