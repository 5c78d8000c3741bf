"""The first contact: calls to make, the conversation, the decision, questions to team leaders."""
