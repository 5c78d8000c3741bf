"""An interview as it is held: before, during, and its end with what comes next."""
