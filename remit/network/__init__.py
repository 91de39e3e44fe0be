"""Who there is: organisations, systems, units, posts, people, duty, bodies, and who may see what."""
