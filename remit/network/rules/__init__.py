"""The network as values: trees, posts, presence, bodies and systems, with no database behind them."""
