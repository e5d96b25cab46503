"""The adjudicator's pages: queue is the way in; case, form and decided show one case, with what said reveals; actions."""
