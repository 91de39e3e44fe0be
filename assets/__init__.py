"""The front end's own sources, and the step that turns them and the npm packages into static files."""
