"""Figures and proofs: reads everything, writes nothing."""
