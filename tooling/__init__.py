"""What `./run`, `./test` and `./bench` are made of. The set-up needs the standard library only."""
