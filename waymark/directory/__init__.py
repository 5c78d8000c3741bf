"""Services and who offers them: for whom, where, how to get there, how long it takes, and what colleagues know."""
