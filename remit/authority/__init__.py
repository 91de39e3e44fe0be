"""Who may decide what: taxonomies, schemes, and the nearest rightful holder."""
