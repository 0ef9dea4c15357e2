"""Built-in plugins, one folder each; every folder can be deleted."""
