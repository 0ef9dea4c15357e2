"""What the law and the second pair of eyes ask of an exposure before each step."""
