"""Settings from the environment and authority packs from files."""
