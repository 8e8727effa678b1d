"""The numbers of PostgreSQL's advisory locks that our processes take: all here, all different."""

MIGRATION = 0x57C411
OUTBOX_CLAIM = 0x57C412
AUDIT_CHAIN = 0x57C414
CELLS = 0x57C415
"""The class of a lock for each cell of the grid."""
JOBS = 0x57C413 << 32
"""Each job's own is this and a little more."""
