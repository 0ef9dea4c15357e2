"""Chinese full-text search, public and internal indexes apart."""
