"""The domain: what reports, clusters, promises and digests are, and the rules on them.

Standard library only, no I/O; ``now`` is always a parameter. See ARCHITECTURE.md.
"""
