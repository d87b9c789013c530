"""The demonstration district: invented people and requests in every stage, told through the real verbs."""
