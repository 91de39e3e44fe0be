"""What every page and model shares: the frame, components, the base model, the registry of acts."""
