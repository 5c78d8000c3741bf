"""A changed programme: proposed by one person, tried on what is there, published by another, and what follows.

`trying` compares two versions claim by claim and decision by decision, `verbs` proposes, publishes and settles.
"""
