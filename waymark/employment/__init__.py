"""Into work: job starts, in-work support, sustained work, and what goes on when a benefit ends."""
