"""Pages of not attending: the cases, the decision maker's bundle, reductions, times, mistakes put right."""
