"""What signers read of a record, by the act they sign; frozen with the proposal."""
