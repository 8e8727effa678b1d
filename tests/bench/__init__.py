"""What `make bench` measures: the budgets of the design, on this machine, now."""
