"""Diaries: who is free when, and the appointments that fill the time.

`rules` finds free times without a database, `queries` reads, `verbs` writes, `feed` is for calendar programs.
"""
