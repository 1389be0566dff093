"""What is set for home, handed in, looked through and returned."""
