"""modelsearch backends over the bigram index, one module per database vendor."""
