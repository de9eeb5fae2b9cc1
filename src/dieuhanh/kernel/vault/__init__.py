"""What is written only as ciphertext, under keys that are kept outside the database."""
