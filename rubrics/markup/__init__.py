"""What people and models wrote, as safe HTML: markdown, and mathematics in it."""
