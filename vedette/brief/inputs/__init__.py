"""What a brief is made from: each file asks one room once."""
