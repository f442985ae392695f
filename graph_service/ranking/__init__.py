"""From a problem to people in an order, with reasons that can be checked."""
