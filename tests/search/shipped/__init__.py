"""modelsearch's own backend tests, run against our backends in a process of their own."""
