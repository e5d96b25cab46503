"""The list of disputes (listing, its headings and choices in choices), and what managers do with a case (manage)."""
