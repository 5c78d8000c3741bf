"""The series of interviews a claim demands: whether, how many, when, and what comes after the last."""
