"""What a customer wants to reach and who does what for it by when, agreed with them."""
