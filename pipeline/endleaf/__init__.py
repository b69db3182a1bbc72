"""endleaf: from archived web snapshots to clean pages that keep their archive's banner."""

__version__ = "0.1.0"
