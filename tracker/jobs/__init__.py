"""What happens by itself: a table of jobs and the one process that runs them."""
