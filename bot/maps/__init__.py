"""Maps for engineers to look at."""
