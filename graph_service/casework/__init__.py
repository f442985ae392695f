"""What is around the name: doors, mandate, briefing, partner, plan and promises, and the note that goes with it."""
