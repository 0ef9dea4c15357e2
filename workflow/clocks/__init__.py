"""Statutory limits: rules as data, working days, computation, and the rows that follow a case."""
