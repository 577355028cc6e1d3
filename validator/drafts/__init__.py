"""Standards drafted from data, or from what other tools know of them. A draft is a beginning."""
