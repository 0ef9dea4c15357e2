"""What the public reads, and the only door between case files and it."""
