"""Django's SQLite backend with the writer's gate where BEGIN is sent."""
