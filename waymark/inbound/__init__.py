"""What customers tell us, by whatever way: kept, owned, answered by a day."""
