"""Questions asked before a transition, each with the article that demands it."""
