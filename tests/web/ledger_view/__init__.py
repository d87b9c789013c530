"""The 台账 on screen."""
